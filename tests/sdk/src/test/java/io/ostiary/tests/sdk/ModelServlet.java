package io.ostiary.tests.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;

/**
 * A model that says the same again and again: three times, or until nobody listens if it is {@link #ENDLESS}. It leaves the charset
 * of what it writes to the container, whose choice for streams has no Chinese.
 */
final class ModelServlet extends HttpServlet {

  static final String PIECE = "你好，世界🙂 ";
  static final int PIECES = 3;
  static final String ENDLESS = "qwen-endless";

  private static final long serialVersionUID = 1L;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** No stream of the tests may go on for longer, whatever is broken. */
  private static final int LONGEST = 5_000;

  private final Shape shape;

  ModelServlet(Shape shape) {
    this.shape = shape;
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    JsonNode asked = JSON.readTree(request.getInputStream());
    if (asked.path("stream").asBoolean()) {
      response.setContentType("text/event-stream");
      boolean endless = asked.path("model").asText().equals(ENDLESS);
      stream(response.getWriter(), endless ? LONGEST : PIECES);
    } else {
      response.setContentType("application/json");
      response.getWriter().print(shape.whole(PIECE.repeat(PIECES)));
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
