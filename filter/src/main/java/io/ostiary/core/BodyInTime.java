package io.ostiary.core;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** A source whose body must have come by a deadline; closed when the guard has read what it reads. */
final class BodyInTime implements BodySource, AutoCloseable {

  private final BodySource source;
  private final CallTime time;
  private @Nullable PunctualStream stream;

  BodyInTime(BodySource source, CallTime time) {
    this.source = source;
    this.time = time;
  }

  @Override
  public InputStream open() throws IOException {
    PunctualStream opened = new PunctualStream(source, time);
    stream = opened;
    return opened;
  }

  @Override
  public void stop() {
    source.stop();
  }

  @Override
  public void isStopped() {
    source.isStopped();
  }

  @Override
  public void close() {
    if (stream != null) {
      stream.close();
    }
  }
}
