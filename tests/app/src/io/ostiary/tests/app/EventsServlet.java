package io.ostiary.tests.app;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** An event stream that is flushed after every byte, also in the middle of a character. */
public final class EventsServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/event-stream");
    var out = response.getOutputStream();
    for (byte b :
        "data: 你好🙂\r\n\r\ndata: {\"ü\":1}\n\ndata: [DONE]\n\n".getBytes(StandardCharsets.UTF_8)) {
      out.write(b);
      out.flush();
    }
  }
}
