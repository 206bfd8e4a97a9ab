package io.ostiary.tests.app;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Takes an answer back that it has begun, and tells what the container has made of that. */
final class Buffering {

  private final HttpServletResponse response;
  private final List<String> said = new ArrayList<>();

  private Buffering(HttpServletResponse response) {
    this.response = response;
  }

  /** Something that the container may not like. */
  interface Step {
    void run() throws Exception;
  }

  /** Takes it back twice before anything has left, and tells all from the stream; or from the writer. */
  static void tell(HttpServletResponse response, boolean writes) throws IOException {
    Buffering told = new Buffering(response);
    response.setContentType("text/html;charset=GBK");
    response.setHeader("X-Kept", "1");
    told.say("a larger buffer", () -> response.setBufferSize(100_000));
    told.say("is large " + (response.getBufferSize() >= 100_000));
    told.write(!writes, "taken back");
    told.say("a buffer in use", () -> response.setBufferSize(200_000));
    told.say("what has not left", response::resetBuffer);
    told.state();
    told.write(!writes, "taken back too");
    response.setStatus(404);
    told.say("all that was said", response::reset);
    told.state();
    response.setStatus(201);
    response.setContentType("text/plain;charset=UTF-8");
    told.end(writes);
  }

  /** Tries to take it back when it has left. */
  static void tellCommitted(HttpServletResponse response) throws IOException {
    Buffering told = new Buffering(response);
    response.setContentType("text/plain;charset=UTF-8");
    told.write(false, "begun\n");
    told.say("committed " + response.isCommitted());
    told.say("flush", response::flushBuffer);
    told.say("committed " + response.isCommitted());
    told.say("reset", response::reset);
    told.say("reset the buffer", response::resetBuffer);
    told.say("a larger buffer", () -> response.setBufferSize(100_000));
    told.say("an error", () -> response.sendError(500));
    told.say("a redirect", () -> response.sendRedirect("elsewhere"));
    response.setStatus(500);
    response.setHeader("X-Late", "1");
    response.setContentType("text/html");
    told.state();
    told.end(false);
  }

  private void state() {
    say(response.getStatus() + " " + response.getContentType());
    say("kept " + response.getHeader("X-Kept") + ", late " + response.getHeader("X-Late"));
    say("committed " + response.isCommitted());
  }

  private void write(boolean writes, String text) throws IOException {
    if (writes) {
      response.getWriter().write(text);
    } else {
      response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private void end(boolean writes) throws IOException {
    write(writes, String.join("\n", said));
    try {
      write(!writes, "both");
    } catch (IllegalStateException onlyOne) {
      write(writes, "\nnot both");
    }
  }

  private void say(String what) {
    said.add(what);
  }

  private void say(String what, Step step) {
    String end = "done";
    try {
      step.run();
    } catch (Exception thrown) {
      end = thrown.getClass().getSimpleName();
    }
    say(what + ": " + end);
  }
}
