package io.ostiary.core;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * A body that must have come by a deadline, however slowly its sender sends: the reading thread is interrupted when the time
 * is over, and a moment later its source stopped. Of one call and its thread, but for that.
 *
 * <p>Tomcat goes on with a read whose thread is interrupted: there its source alone can stop it. Known weakness: a filter has none that
 * could, so that a sender that falls silent holds its thread until the connector's own {@code connectionTimeout}.
 */
final class PunctualStream extends InputStream {

  private static final long PATIENCE_NANOS = 20_000_000;

  private final BodySource source;
  private final InputStream in;
  private final CallTime time;
  private final Thread reader = Thread.currentThread();
  private final Future<?> alarm;
  private boolean open = true;
  private boolean interrupted;
  private @Nullable Future<?> stopping;

  PunctualStream(BodySource source, CallTime time) throws IOException {
    this.source = source;
    this.in = source.open();
    this.time = time;
    this.alarm = time.deadlines().shortly(time.left(), this::interrupt);
  }

  private synchronized void interrupt() {
    if (open) {
      interrupted = true;
      reader.interrupt();
      stopping = time.deadlines().shortly(PATIENCE_NANOS, this::stop);
    }
  }

  /** Not at once: a sender that still sends is read on for a moment after its answer, so that it finds that. */
  private synchronized void stop() {
    if (open) {
      source.stop();
    }
  }

  @Override
  public int read() throws IOException {
    try {
      int value = in.read();
      checkTime();
      return value;
    } catch (IOException broken) {
      checkTime();
      throw broken;
    }
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    try {
      int read = in.read(into, offset, length);
      checkTime();
      return read;
    } catch (IOException broken) {
      checkTime();
      throw broken;
    }
  }

  private void checkTime() throws LateBodyException {
    if (time.isOver()) {
      throw new LateBodyException();
    }
  }

  /** From here on nobody is interrupted; the body itself stays as it is. */
  @Override
  public synchronized void close() {
    if (open) {
      open = false;
      alarm.cancel(false);
      if (stopping != null) {
        stopping.cancel(false);
      }
      if (interrupted) {
        // Of a stream of HTTP/2 on Tomcat that alone ends the read.
        Thread.interrupted();
        source.isStopped();
      }
    }
  }
}
