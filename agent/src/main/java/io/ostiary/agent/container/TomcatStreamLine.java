package io.ostiary.agent.container;

import io.ostiary.core.ClientLine;
import java.lang.reflect.Method;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * The stream of one HTTP/2 call of Tomcat. It is cut as if its client had reset it, whereupon Tomcat wakes who waits for the
 * stream's window or that of the connection, lets him fail, and sends a reset of its own.
 *
 * <p>What takes locks of Tomcat's, one of which it may hold while it reads from the connection, is done on a thread of the
 * server's own. A stream is no other call's afterwards.
 *
 * <p>Known weaknesses: a body that is first waited for after it was ended holds its reader for Tomcat's {@code streamReadTimeout} of
 * 20 s; and a client that does not even read its connection holds all who write to it for the {@code writeTimeout} of 5 s.
 */
final class TomcatStreamLine implements ClientLine {

  private static final long CANCEL = 8;

  private final TomcatCall call;
  private final SocketWrapperBase<?> connection;
  private final Object stream;
  private final Method canWrite;
  private final TomcatStreams parts;

  TomcatStreamLine(
      TomcatCall call,
      SocketWrapperBase<?> connection,
      Object stream,
      Method canWrite,
      TomcatStreams parts) {
    this.call = call;
    this.connection = connection;
    this.stream = stream;
    this.canWrite = canWrite;
    this.parts = parts;
  }

  @Override
  public boolean looksAhead() {
    return false;
  }

  @Override
  public boolean isGone() {
    try {
      return !(boolean) canWrite.invoke(stream);
    } catch (ReflectiveOperationException unclear) {
      return false;
    }
  }

  @Override
  public void tellApp() {
    call.fails();
  }

  @Override
  public void stopReading() {
    aside(this::endBody);
  }

  @Override
  public void takeAnswerBack() {
    call.takeAnswerBack();
  }

  @Override
  public void cut() {
    aside(this::reset);
  }

  private void aside(Task task) {
    try {
      connection.execute(
          () -> {
            try {
              task.run();
            } catch (ReflectiveOperationException | RuntimeException over) {
              // It has ended by itself.
            }
          });
    } catch (RuntimeException | LinkageError stopping) {
      // So does all that the server has.
    }
  }

  /** Something that is done to the stream. */
  private interface Task {
    void run() throws ReflectiveOperationException;
  }

  private void endBody() throws ReflectiveOperationException {
    if (parts.input() == null || parts.bytes() == null || parts.ended() == null) {
      return;
    }
    Object buffer = parts.input().get(stream);
    if (!parts.ended().getDeclaringClass().isInstance(buffer)) {
      return;
    }
    Object bytes = parts.bytes().get(buffer);
    parts.ended().set(buffer, true);
    if (bytes != null) {
      synchronized (bytes) {
        bytes.notifyAll();
      }
    }
  }

  private void reset() throws ReflectiveOperationException {
    if (parts.handler() == null || parts.number() == null || parts.reset() == null || isGone()) {
      return;
    }
    parts.reset().invoke(parts.handler().get(stream), parts.number().invoke(stream), CANCEL);
    synchronized (stream) {
      // Tomcat 9.0.1 wakes no writer itself.
      stream.notifyAll();
    }
  }
}
