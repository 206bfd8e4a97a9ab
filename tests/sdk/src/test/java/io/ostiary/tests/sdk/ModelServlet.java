package io.ostiary.tests.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A model that says the same again and again: three times, or until nobody listens if it is {@link #ENDLESS}. It leaves the charset
 * of what it writes to the container, whose choice for streams has no Chinese.
 */
final class ModelServlet extends HttpServlet {

  static final String PIECE = "你好，世界🙂 ";
  static final int PIECES = 3;
  static final String ENDLESS = "qwen-endless";

  /** Answers only when it is released. */
  static final String HELD = "qwen-held";

  /** Fails, and says more of it than is for strangers. */
  static final String BROKEN = "qwen-broken";

  private static final long serialVersionUID = 1L;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** No stream of the tests may go on for longer, whatever is broken. */
  private static final int LONGEST = 5_000;

  private static final Semaphore HELD_CALLS = new Semaphore(0);
  private static final Semaphore RELEASES = new Semaphore(0);

  private final Shape shape;

  ModelServlet(Shape shape) {
    this.shape = shape;
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    JsonNode asked = JSON.readTree(request.getInputStream());
    String model = asked.path("model").asText();
    if (model.equals(BROKEN)) {
      throw new IllegalStateException("out of memory at 10.0.0.7");
    }
    if (model.equals(HELD)) {
      HELD_CALLS.release();
      await(RELEASES);
    }
    if (isStream(request, asked)) {
      response.setContentType("text/event-stream");
      stream(response.getWriter(), model.equals(ENDLESS) ? LONGEST : PIECES);
    } else {
      response.setContentType("application/json");
      response.getWriter().print(shape.whole(PIECE.repeat(PIECES)));
    }
  }

  private static boolean isStream(HttpServletRequest request, JsonNode asked) {
    return asked.path("stream").asBoolean()
        || "enable".equals(request.getHeader("X-DashScope-SSE"));
  }

  private static void await(Semaphore permits) {
    try {
      permits.tryAcquire(20, TimeUnit.SECONDS);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }

  /** Answers when a call is held back, or lets go the one that is. */
  static final class Hold extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
      if (request.getServletPath().equals("/held")) {
        await(HELD_CALLS);
      } else {
        HELD_CALLS.drainPermits();
        RELEASES.release();
      }
    }
  }

  /** Each look for an error sends what has been written so far. */
  private void stream(PrintWriter out, int pieces) {
    shape.begin().forEach(out::print);
    for (int i = 0; i < pieces && !out.checkError(); i++) {
      out.print(shape.piece(PIECE));
    }
    shape.end().forEach(out::print);
  }
}
