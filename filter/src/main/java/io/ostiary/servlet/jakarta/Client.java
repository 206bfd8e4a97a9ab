package io.ostiary.servlet.jakarta;

import io.ostiary.core.ClientLine;
import io.ostiary.core.ClientWatch;
import io.ostiary.core.Lookout;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The client of one call, as far as the server's connector can tell whether it is still there. One that has ended its half of
 * the connection counts as gone, as for the proxies that commonly stand before a model: whoever wants an answer keeps it open.
 *
 * @param line to it; {@code null} where nothing can be known
 * @param response the container's own, or {@code null} likewise
 * @param clients who looks for it while its call runs, or {@code null} likewise
 */
record Client(
    @Nullable ClientLine line,
    @Nullable HttpServletResponse response,
    @Nullable ClientWatch clients) {

  /** The status of a call whose client has gone, for the server's own access log: nobody is there to be sent it. */
  static final int CLOSED_REQUEST = 499;

  /** One of which nobody can tell anything before it is written to. */
  static final Client UNSEEN = new Client(null, null, null);

  /** The client that the connector has told of; nobody else is told of it. */
  static Client of(HttpServletRequest request, HttpServletResponse response, ClientWatch clients) {
    if (request.getAttribute(Door.CLIENT) instanceof ClientLine line) {
      request.removeAttribute(Door.CLIENT);
      return new Client(line, response, clients);
    }
    return UNSEEN;
  }

  boolean isGone() {
    return line != null && line.isGone();
  }

  /** Whether the client has gone and nothing of an answer has left, nor ever will. */
  boolean isUnanswered() {
    return response != null && !response.isCommitted() && isGone();
  }

  /**
   * Ends an answer that has not begun, with nothing in it; where the line cannot be cut, one that has closed but its own half
   * finds an empty one.
   */
  void isToldNothing() {
    try {
      if (response != null && !response.isCommitted()) {
        response.resetBuffer();
        response.setStatus(CLOSED_REQUEST);
        response.setContentLength(0);
        cut();
        response.flushBuffer();
      }
    } catch (IOException | RuntimeException broken) {
      // As it was expected.
    }
  }

  /**
   * Looks for the client while its call runs.
   *
   * @param bodyRead whether nobody is going to read from it any more
   * @param lost run when it has gone
   * @return {@code null} where that cannot be seen
   */
  @Nullable Lookout lookout(boolean bodyRead, Runnable lost) {
    return clients == null || line == null || !line.isWatchable()
        ? null
        : Lookout.of(clients, line, bodyRead, lost);
  }

  /** Ends a read of the call's body that waits, where that is possible. From any thread. */
  void stopReading() {
    if (line != null) {
      line.stopReading();
    }
  }

  /** The whole answer has left: who still reads the body reads it for nothing. */
  void hasAnswer() {
    if (line != null) {
      line.hasAnswer();
    }
  }

  /** The answer is the guard's, though a read has failed that was ended. By the call's own thread. */
  void takeAnswerBack() {
    if (line != null) {
      line.takeAnswerBack();
    }
  }

  /** Breaks the line off, where that is possible. From any thread. */
  void cut() {
    if (line != null) {
      line.cut();
    }
  }
}
