package io.ostiary.servlet.jakarta;

import io.ostiary.core.Decision;
import io.ostiary.core.Header;
import io.ostiary.core.Reason;
import io.ostiary.core.Refusal;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Writes refusals as answers. Never by {@code sendError}: containers would put pages of their own in place of the body, or
 * none at all for a status they do not know.
 */
final class RefusalWriter {

  private RefusalWriter() {}

  /**
   * Writes the refusal, unless an answer is already on its way, in which case nothing more can be said.
   *
   * @return whether the client may be sending still, and might find a reset connection in place of the refusal
   */
  static boolean write(
      HttpServletRequest request, HttpServletResponse response, Decision.Reject reject) {
    if (response.isCommitted()) {
      return false;
    }
    // When the time is over, the app itself may be reading just now, on another thread.
    boolean timeIsOver = reject.reason() == Reason.TIMED_OUT;
    boolean bodyRemains =
        reject.bodyUnread() && (timeIsOver || !UnreadBody.isTakenInAtOnce(request));
    try {
      ServletOutputStream out = clearedOutput(response);
      writeHead(response, reject.refusal());
      if (bodyRemains || timeIsOver) {
        closeConnection(request, response);
      }
      if (!"HEAD".equals(request.getMethod())) {
        out.write(reject.refusal().body());
      }
      response.flushBuffer();
    } catch (IOException gone) {
      return false;
    }
    return bodyRemains
        && (reject.reason() == Reason.BODY_TOO_LARGE
            || reject.reason() == Reason.BODIES_FULL
            || RequestHead.isMultiplexed(request));
  }

  /** Tomcat would say so only for some statuses, Jetty for none. */
  private static void closeConnection(HttpServletRequest request, HttpServletResponse response) {
    if (!RequestHead.isMultiplexed(request)) {
      response.setHeader("Connection", "close");
    }
  }

  /** Sets the head of a refusal alone, for an output that may only be written to when it is ready; answers the body. */
  static byte[] head(
      HttpServletResponse response, HttpServletRequest request, Decision.Reject reject) {
    response.resetBuffer();
    writeHead(response, reject.refusal());
    closeConnection(request, response);
    return reject.refusal().body();
  }

  /** Says that something failed, where not even a refusal could be written. */
  static void giveUp(HttpServletResponse response) {
    if (!response.isCommitted()) {
      response.setStatus(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
    }
  }

  /** An output with nothing in it; headers that earlier filters have set, for CORS for one, are kept where that is possible. */
  private static ServletOutputStream clearedOutput(HttpServletResponse response)
      throws IOException {
    response.resetBuffer();
    try {
      return response.getOutputStream();
    } catch (IllegalStateException writerInUse) {
      response.reset();
      return response.getOutputStream();
    }
  }

  private static void writeHead(HttpServletResponse response, Refusal refusal) {
    response.setStatus(refusal.status());
    for (Header header : refusal.headers()) {
      response.setHeader(header.name(), header.value());
    }
    ExposedHeaders.add(response, refusal.headers());
    response.setContentLength(refusal.body().length);
  }
}
