package io.ostiary.agent.container;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;

/**
 * Reads and drops what a client is still sending after its call was refused, so that it finds the answer and not a reset
 * connection; within bounds, and without a thread: a client that stalls meets the connector's idle time-out.
 */
final class JettyCoreDrain implements Callback {

  private static final int AT_ONCE = 64 * 1024;
  private static final long MOST_BYTES = 8L << 20;
  private static final long LONGEST_NANOS = 2_000_000_000L;

  private final Request request;
  private final Callback end;
  private final long start = System.nanoTime();
  private long bytes;

  /**
   * A drain for one request.
   *
   * @param end completed when no more is read
   */
  JettyCoreDrain(Request request, Callback end) {
    this.request = request;
    this.end = end;
  }

  /** Takes in what has come already; answers whether that was all, so that the connection can be kept. */
  boolean isDoneAtOnce() {
    // To read would be to ask for the body.
    return !request.getHeaders().contains(HttpHeader.EXPECT) && read(AT_ONCE) == Progress.DONE;
  }

  /** The answer has been written. */
  @Override
  public void succeeded() {
    if (request.getHeaders().contains(HttpHeader.EXPECT)) {
      end.succeeded();
      return;
    }
    if (System.nanoTime() - start < LONGEST_NANOS && read(MOST_BYTES) == Progress.WAITING) {
      request.demand(this::succeeded);
    } else {
      end.succeeded();
    }
  }

  /** The answer could not be written. */
  @Override
  public void failed(Throwable cause) {
    end.failed(cause);
  }

  private Progress read(long most) {
    while (bytes < most) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        return Progress.WAITING;
      }
      if (Content.Chunk.isFailure(chunk)) {
        return Progress.GIVEN_UP;
      }
      bytes += chunk.remaining();
      boolean last = chunk.isLast();
      chunk.release();
      if (last) {
        return Progress.DONE;
      }
    }
    return Progress.GIVEN_UP;
  }

  private enum Progress {
    DONE,
    WAITING,
    GIVEN_UP
  }
}
