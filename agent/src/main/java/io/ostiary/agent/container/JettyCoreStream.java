package io.ostiary.agent.container;

import io.ostiary.core.ClientLine;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * The line to the client of a call that shares its connection with others, on Jetty 12: it has gone when its stream has been
 * reset, or the connection has broken, of which Jetty tells the app too.
 *
 * <p>Known weakness: where a client reads nothing of the whole connection, a reset waits for it.
 */
final class JettyCoreStream implements ClientLine {

  private final Request request;
  private final Scheduler scheduler;
  private @Nullable HttpStream stream;
  private volatile boolean failed;

  /** The line of a call that has just come. */
  JettyCoreStream(Request request) {
    this.request = request;
    this.scheduler = request.getComponents().getScheduler();
    request.addFailureListener(failure -> failed = true);
    request.addHttpStreamWrapper(this::look);
  }

  /** Keeps Jetty's own, since what others have put around it may be told of one end only. */
  private HttpStream look(HttpStream given) {
    HttpStream inner = given;
    while (inner instanceof HttpStream.Wrapper wrapper) {
      inner = wrapper.getWrapped();
    }
    stream = inner;
    return given;
  }

  @Override
  public boolean looksAhead() {
    return false;
  }

  @Override
  public boolean isGone() {
    return failed;
  }

  /** All that Jetty has to end a read fails the answer too, unless that has left. */
  @Override
  public void hasAnswer() {
    JettyCoreFailure.tell(request, new EofException("The rest of the body is not awaited."));
  }

  /** On the thread on which Jetty itself ends a stream that has been idle for too long. */
  @Override
  public void cut() {
    HttpStream open = stream;
    if (open != null) {
      try {
        scheduler.schedule(
            () -> open.failed(new EofException("The line was cut.")), 0, TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException stopped) {
        // The server is about to end all of them.
      }
    }
  }
}
