package io.ostiary.core;

import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request's body, read once from the container and given to the app again; held in segments, never in one more copy. It does
 * not change, and any number of threads may read it.
 */
public final class Body {

  /** No bytes. */
  static final Body EMPTY = new Body(new byte[][] {{}}, 0);

  private final byte[][] segments;
  private final long[] starts;
  private final long length;
  private final @Nullable InputStream rest;
  private final boolean edited;

  /**
   * @param segments how the bytes lie, in order; none but the last may have bytes that are not the body's
   * @param length the number of bytes
   */
  Body(byte[][] segments, long length) {
    this(segments, length, null, false);
  }

  private Body(byte[][] segments, long length, @Nullable InputStream rest, boolean edited) {
    this.segments = segments;
    this.length = length;
    this.rest = rest;
    this.edited = edited;
    starts = new long[segments.length];
    for (int i = 1; i < segments.length; i++) {
      starts[i] = starts[i - 1] + segments[i - 1].length;
    }
  }

  /** These bytes, as the beginning of a body of which the rest is still to come. */
  Body followedBy(InputStream rest) {
    return new Body(segments, length, rest, edited);
  }

  /** These bytes with some of them replaced: in order, none twice. */
  Body with(List<Splice> splices) {
    List<byte[]> pieces = new ArrayList<>(segments.length + 2 * splices.size());
    long at = 0;
    long total = length;
    for (Splice splice : splices) {
      addPieces(pieces, at, splice.from());
      pieces.add(splice.bytes());
      total += splice.bytes().length - (splice.to() - splice.from());
      at = splice.to();
    }
    addPieces(pieces, at, length);
    return new Body(pieces.toArray(new byte[0][]), total, rest, true);
  }

  private void addPieces(List<byte[]> pieces, long from, long to) {
    long at = from;
    while (at < to) {
      int segment = segmentAt(at);
      int start = (int) (at - starts[segment]);
      int end = (int) Math.min(segments[segment].length, start + (to - at));
      boolean whole = start == 0 && end == segments[segment].length;
      pieces.add(whole ? segments[segment] : Arrays.copyOfRange(segments[segment], start, end));
      at += end - start;
    }
  }

  /** Other bytes in place of these. */
  Body recoded(byte[] bytes) {
    return new Body(new byte[][] {bytes}, bytes.length, rest, true);
  }

  /** Whether these are other bytes than the client sent. */
  public boolean isEdited() {
    return edited;
  }

  /** What comes after these bytes, to be read once, or {@code null} when they are all. */
  public @Nullable InputStream rest() {
    return rest;
  }

  /** The number of bytes that were read. */
  public long length() {
    return length;
  }

  /**
   * Copies bytes out, as many as there are up to the length asked for.
   *
   * @return how many were copied, or −1 at the end
   * @throws IndexOutOfBoundsException if the position is negative or the place is not within the array
   */
  public int read(long position, byte[] into, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (position < 0) {
      throw new IndexOutOfBoundsException("position " + position);
    }
    if (length == 0) {
      return 0;
    }
    if (position >= this.length) {
      return -1;
    }
    int wanted = (int) Math.min(length, this.length - position);
    copy(position, into, offset, wanted);
    return wanted;
  }

  private void copy(long position, byte[] into, int offset, int length) {
    int segment = segmentAt(position);
    int from = (int) (position - starts[segment]);
    int copied = 0;
    while (copied < length) {
      int count = Math.min(length - copied, segments[segment].length - from);
      System.arraycopy(segments[segment], from, into, offset + copied, count);
      copied += count;
      segment++;
      from = 0;
    }
  }

  private int segmentAt(long position) {
    int low = 0;
    int high = segments.length - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (starts[middle] <= position) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** All the bytes, from the first; each stream reads on its own, but for a rest. */
  public InputStream stream() {
    InputStream read = slice(0, length);
    return rest == null ? read : new SequenceInputStream(read, rest);
  }

  /**
   * Some of the bytes, in place.
   *
   * @throws IndexOutOfBoundsException if they are not all within the body
   */
  public InputStream slice(long offset, long length) {
    Objects.checkFromIndexSize(offset, length, this.length);
    return new BodyStream(this, offset, offset + length);
  }

  @Override
  public String toString() {
    return "Body[" + length + " bytes]";
  }
}
