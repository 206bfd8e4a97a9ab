package io.ostiary.servlet.jakarta;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The client of one call, as far as the server's connector can tell whether it is still there. One that has ended its half of
 * the connection counts as gone, as for the proxies that commonly stand before a model: whoever wants an answer keeps it open.
 *
 * @param gone asked on the call's own thread, while nobody reads or writes; {@code null} where nothing can be known
 * @param response the container's own, or {@code null} likewise
 */
record Client(@Nullable BooleanSupplier gone, @Nullable HttpServletResponse response) {

  /** The status of a call whose client has gone, for the server's own access log: nobody is there to be sent it. */
  static final int CLOSED_REQUEST = 499;

  /** One of which nobody can tell anything before it is written to. */
  static final Client UNSEEN = new Client(null, null);

  /** The client that the connector has told of; nobody else is told of it. */
  static Client of(HttpServletRequest request, HttpServletResponse response) {
    if (request.getAttribute(Door.CLIENT) instanceof BooleanSupplier gone) {
      request.removeAttribute(Door.CLIENT);
      return new Client(gone, response);
    }
    return UNSEEN;
  }

  boolean isGone() {
    return gone != null && gone.getAsBoolean();
  }

  /** Whether the client has gone and nothing of an answer has left, nor ever will. */
  boolean isUnanswered() {
    return response != null && !response.isCommitted() && isGone();
  }

  /** Ends an answer that has not begun, with nothing in it. */
  void isToldNothing() {
    try {
      if (response != null && !response.isCommitted()) {
        response.resetBuffer();
        response.setStatus(CLOSED_REQUEST);
        response.setContentLength(0);
        response.flushBuffer();
      }
    } catch (IOException | RuntimeException broken) {
      // As it was expected.
    }
  }
}
