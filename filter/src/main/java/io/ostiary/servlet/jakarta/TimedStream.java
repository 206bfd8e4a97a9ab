package io.ostiary.servlet.jakarta;

import io.ostiary.core.LineTail;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;

/** The container's output stream, until the call's time is over; then it is as if the client had gone. */
final class TimedStream extends ServletOutputStream {

  private static final String OVER = "The call's time is over.";

  private final ServletOutputStream out;
  private final Expiry expiry;
  private final LineTail tail;
  private volatile boolean listenedTo;

  TimedStream(ServletOutputStream out, Expiry expiry, LineTail tail) {
    this.out = out;
    this.expiry = expiry;
    this.tail = tail;
  }

  /** Whether it may only be written to when it is ready. */
  boolean isListenedTo() {
    return listenedTo;
  }

  /** The last bytes there are; answers whether they could be written. */
  boolean end(byte[] bytes) throws IOException {
    if (listenedTo) {
      return writeIfReady(bytes);
    }
    out.write(bytes);
    out.close();
    return true;
  }

  boolean writeIfReady(byte[] bytes) throws IOException {
    boolean ready = out.isReady();
    if (ready) {
      out.write(bytes);
      if (out.isReady()) {
        out.flush();
      }
    }
    return ready;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    boolean written =
        expiry.perform(
            () -> {
              out.write(bytes, offset, length);
              tail.saw(bytes, offset, length);
            });
    if (!written) {
      throw new IOException(OVER);
    }
  }

  /** Left to the container, since containers differ in the charset that they print with. */
  @Override
  public void print(String text) throws IOException {
    String printed = String.valueOf(text);
    boolean written =
        expiry.perform(
            () -> {
              out.print(printed);
              tail.saw(printed, 0, printed.length());
            });
    if (!written) {
      throw new IOException(OVER);
    }
  }

  @Override
  public void flush() throws IOException {
    expiry.perform(out::flush);
  }

  @Override
  public void close() throws IOException {
    expiry.perform(out::close);
  }

  @Override
  public boolean isReady() {
    return out.isReady();
  }

  @Override
  public void setWriteListener(WriteListener listener) {
    listenedTo = true;
    out.setWriteListener(listener);
  }
}
