package io.ostiary.core;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;

/** The bytes of a {@link Body} from one position to another. */
final class BodyStream extends InputStream {

  private static final int LARGEST_PIECE = 8 * 1024;

  private final Body body;
  private final long end;
  private final byte[] one = new byte[1];
  private long position;

  BodyStream(Body body, long position, long end) {
    this.body = body;
    this.position = position;
    this.end = end;
  }

  @Override
  public int read() {
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      return 0;
    }
    if (position >= end) {
      return -1;
    }
    int count = body.read(position, into, offset, (int) Math.min(length, end - position));
    position += count;
    return count;
  }

  @Override
  public byte[] readAllBytes() throws IOException {
    long left = end - position;
    if (left > Integer.MAX_VALUE - 8) {
      throw new IOException("more bytes than one array can hold: " + left);
    }
    byte[] all = new byte[(int) left];
    read(all, 0, all.length);
    return all;
  }

  @Override
  public long skip(long count) {
    long skipped = Math.max(0, Math.min(count, end - position));
    position += skipped;
    return skipped;
  }

  @Override
  public int available() {
    return (int) Math.min(Integer.MAX_VALUE, end - position);
  }

  @Override
  public long transferTo(OutputStream out) throws IOException {
    long from = position;
    byte[] piece = new byte[(int) Math.min(LARGEST_PIECE, end - position)];
    int count = read(piece, 0, piece.length);
    while (count > 0) {
      out.write(piece, 0, count);
      count = read(piece, 0, piece.length);
    }
    return position - from;
  }
}
