package io.ostiary.bench;

import java.io.InputStream;
import java.util.Objects;

/**
 * The body of a request as a container gives it: a stream that can only be read, as those of Jetty 12 and Tomcat 9 to 11. A
 * {@code ByteArrayInputStream} would tell its reader the length and hand over all at once.
 */
final class UploadStream extends InputStream {

  private final byte[] bytes;
  private int position;

  UploadStream(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public int read() {
    return position == bytes.length ? -1 : bytes[position++] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (position == bytes.length) {
      return length == 0 ? 0 : -1;
    }
    int count = Math.min(length, bytes.length - position);
    System.arraycopy(bytes, position, into, offset, count);
    position += count;
    return count;
  }
}
