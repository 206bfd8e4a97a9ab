package io.ostiary.tests.app;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Tells how often the app was called by a test. */
public final class HitsServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("application/octet-stream");
    String hits = Integer.toString(Hits.of(new Query(request).get("test", "")));
    response.getOutputStream().write(hits.getBytes(StandardCharsets.US_ASCII));
  }
}
