package io.ostiary.tests.app;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The app's own page for errors, which stands on a guarded path and looks like an answer with usage. */
public final class ErrorPageServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getHeader("X-Tell-Head") != null) {
      tellHead(request, response);
    }
    response.setContentType("application/json");
    response.getWriter().print("{\"page\":\"of the app\",\"usage\":{\"total_tokens\":7777}}");
  }

  private static void tellHead(HttpServletRequest request, HttpServletResponse response) {
    response.setHeader("X-Claimed", String.valueOf(request.getHeader("X-Ostiary-Key")));
    response.setHeader("X-Carried", String.valueOf(request.getHeader("Authorization")));
  }
}
