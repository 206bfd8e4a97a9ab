package io.ostiary.core;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads one request's body, to its end and at most one byte beyond its limit, and shows the bytes to a sink as they come.
 * What it holds is never more than the limit; what it allocates before bytes have come is never more than {@value
 * #LARGEST_EXACT} bytes, whatever length is declared.
 */
final class BodyReader {

  /** Up to this declared length, the body is one array of just that length. */
  static final int LARGEST_EXACT = 16 * 1024;

  static final int SMALLEST_SEGMENT = 4 * 1024;
  static final int LARGEST_SEGMENT = 64 * 1024;

  private final InputStream in;
  private final long declaredLength;
  private final long limit;
  private final BodyHold hold;
  private final @Nullable BodySink sink;

  private byte[][] segments = new byte[1][];
  private int count;
  private byte[] segment = {};
  private int filled;
  private long total;

  /** There is no memory for more. */
  private boolean starved;

  private BodyReader(
      InputStream in, long declaredLength, long limit, BodyHold hold, @Nullable BodySink sink) {
    this.in = in;
    this.declaredLength = declaredLength;
    this.limit = limit;
    this.hold = hold;
    this.sink = sink;
  }

  /**
   * Reads a body; the sink is finished when the body came whole, and is of no more use otherwise. The stream is not closed.
   *
   * @param declaredLength in bytes, or −1 if none was declared; a stream that gives more is read on
   * @param limit the largest body allowed, in bytes
   * @param hold what it takes of the memory for bodies
   * @throws IOException whatever the stream throws
   */
  static BodyOutcome read(
      InputStream in, long declaredLength, long limit, BodyHold hold, @Nullable BodySink sink)
      throws IOException {
    return new BodyReader(in, declaredLength, limit, hold, sink).read();
  }

  private BodyOutcome read() throws IOException {
    if (declaredLength > limit) {
      return new BodyOutcome.TooLarge(body());
    }
    while (readSome()) {
      if (total > limit) {
        return new BodyOutcome.TooLarge(body());
      }
    }
    if (starved) {
      return new BodyOutcome.NoRoom(body());
    }
    if (total < declaredLength) {
      return new BodyOutcome.Truncated(total);
    }
    if (sink != null) {
      sink.finish();
    }
    return new BodyOutcome.Complete(body());
  }

  private Body body() {
    return new Body(count == segments.length ? segments : Arrays.copyOf(segments, count), total);
  }

  /**
   * Reads once; false at the end of the stream, or of what there is memory for. Where the end is due, one byte is asked for, and no
   * room made for more.
   */
  private boolean readSome() throws IOException {
    if (filled == segment.length) {
      if (total == declaredLength || total == limit) {
        return readOne();
      }
      int size = nextSize();
      if (!hold.grow(size)) {
        starved = true;
        return false;
      }
      addSegment(size);
    }
    int read = in.read(segment, filled, segment.length - filled);
    if (read == 0) {
      return readOne();
    }
    if (read > 0) {
      took(read);
    }
    return read >= 0;
  }

  private boolean readOne() throws IOException {
    int value = in.read();
    if (value < 0) {
      return false;
    }
    if (filled == segment.length) {
      // The byte is there, and has to be kept; if there is no room, no more is made than for
      // itself.
      int size = nextSize();
      addSegment(hold.grow(size) ? size : 1);
    }
    segment[filled] = (byte) value;
    took(1);
    return true;
  }

  private void took(int read) {
    if (sink != null) {
      sink.accept(segment, filled, read);
    }
    filled += read;
    total += read;
  }

  private void addSegment(int size) {
    if (count == segments.length) {
      segments = Arrays.copyOf(segments, 2 * count);
    }
    segment = new byte[size];
    segments[count++] = segment;
    filled = 0;
  }

  private int nextSize() {
    long due = Math.max(1, total < declaredLength ? declaredLength - total : limit - total);
    if (count == 0) {
      return (int) Math.min(due, total < declaredLength ? LARGEST_EXACT : SMALLEST_SEGMENT);
    }
    return (int) Math.min(due, Math.min(LARGEST_SEGMENT, 2L * segment.length));
  }
}
