package io.ostiary.servlet.jakarta;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The container's input stream of a body that the guard has not read, as it is but for its end, from which on the client may be
 * looked for, and its listener: if the app fails when it is told of an error there, Tomcat ends the call and tells nobody.
 */
final class MeteredInput extends ServletInputStream {

  private final ServletInputStream in;
  private final AnswerMeter meter;

  /** How much is still to come, or a negative number where nobody has said. */
  private long left;

  /** The end is here; most commonly nobody reads on. */
  private boolean ended;

  /** A listener is told of the end, and until then the container itself reads. */
  private boolean listenedTo;

  /**
   * The stream of one request.
   *
   * @param length what the request has declared, or a negative number
   */
  MeteredInput(ServletInputStream in, AnswerMeter meter, long length) {
    this.in = in;
    this.meter = meter;
    this.left = length;
  }

  /** Whoever reads on past the declared end must not meet anybody who looks for the client by then. */
  private void reads() {
    if (ended && !listenedTo) {
      ended = false;
      meter.bodyIsReadOn();
    }
  }

  /** Notes how much has been read; fewer than none at the end. */
  private void took(long bytes) {
    left -= Math.max(0, bytes);
    if (!listenedTo && (bytes < 0 || (bytes > 0 && left == 0))) {
      hasEnded();
    }
  }

  private void hasEnded() {
    ended = true;
    meter.bodyIsRead();
  }

  @Override
  public int read() throws IOException {
    reads();
    int value = in.read();
    took(value < 0 ? -1 : 1);
    return value;
  }

  @Override
  public int read(byte[] bytes) throws IOException {
    reads();
    int count = in.read(bytes);
    took(count);
    return count;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    reads();
    int count = in.read(bytes, offset, length);
    took(count);
    return count;
  }

  @Override
  public int readLine(byte[] bytes, int offset, int length) throws IOException {
    reads();
    int count = in.readLine(bytes, offset, length);
    took(count);
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    reads();
    long skipped = in.skip(count);
    took(Math.max(0, skipped));
    return skipped;
  }

  @Override
  public int available() throws IOException {
    boolean whole = ended;
    reads();
    int there = in.available();
    if (whole && there == 0) {
      hasEnded();
    }
    return there;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  @Override
  public boolean isFinished() {
    return in.isFinished();
  }

  @Override
  public boolean isReady() {
    return in.isReady();
  }

  @Override
  public void setReadListener(@Nullable ReadListener listener) {
    reads();
    listenedTo = true;
    in.setReadListener(listener == null ? null : new Listener(listener));
  }

  /** The app's listener. */
  private final class Listener implements ReadListener {

    private final ReadListener listener;

    Listener(ReadListener listener) {
      this.listener = listener;
    }

    @Override
    public void onDataAvailable() throws IOException {
      listener.onDataAvailable();
    }

    @Override
    public void onAllDataRead() throws IOException {
      hasEnded();
      listener.onAllDataRead();
    }

    @Override
    public void onError(Throwable failure) {
      try {
        listener.onError(failure);
      } catch (Throwable again) {
        meter.listenerHasFailed();
        throw again;
      }
    }
  }
}
