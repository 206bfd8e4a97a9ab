package io.ostiary.servlet.jakarta;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The container's input stream of a body that the guard has not read, as it is but for its listener: if the app fails when it is
 * told of an error there, Tomcat ends the call and tells nobody.
 */
final class MeteredInput extends ServletInputStream {

  private final ServletInputStream in;
  private final AnswerMeter meter;

  MeteredInput(ServletInputStream in, AnswerMeter meter) {
    this.in = in;
    this.meter = meter;
  }

  @Override
  public int read() throws IOException {
    return in.read();
  }

  @Override
  public int read(byte[] bytes) throws IOException {
    return in.read(bytes);
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    return in.read(bytes, offset, length);
  }

  @Override
  public int readLine(byte[] bytes, int offset, int length) throws IOException {
    return in.readLine(bytes, offset, length);
  }

  @Override
  public long skip(long count) throws IOException {
    return in.skip(count);
  }

  @Override
  public int available() throws IOException {
    return in.available();
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
    in.setReadListener(listener == null ? null : new Listener(listener, meter));
  }

  /** The app's listener. */
  private record Listener(ReadListener listener, AnswerMeter meter) implements ReadListener {

    @Override
    public void onDataAvailable() throws IOException {
      listener.onDataAvailable();
    }

    @Override
    public void onAllDataRead() throws IOException {
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
