package io.ostiary.tests.fuzz;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Answers with its own name and every path by which an app may choose what to serve, one a line: the one that the server has
 * resolved, without the context's, and the request's own as the usual frameworks read it.
 */
final class PathServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private final String name;

  PathServlet(String name) {
    this.name = name;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Object included = request.getAttribute(RequestDispatcher.INCLUDE_SERVLET_PATH);
    StringBuilder answer = new StringBuilder(name).append('\n');
    if (included == null) {
      append(answer, request.getServletPath(), request.getPathInfo());
      String context = request.getContextPath();
      String uri = request.getRequestURI();
      for (String reading :
          Routers.readings(uri.startsWith(context) ? uri.substring(context.length()) : uri)) {
        append(answer, reading, null);
      }
    } else {
      append(
          answer,
          included.toString(),
          (String) request.getAttribute(RequestDispatcher.INCLUDE_PATH_INFO));
    }
    byte[] bytes = answer.toString().getBytes(StandardCharsets.US_ASCII);
    response.setContentType("text/plain;charset=utf-8");
    response.setHeader("X-App", "seen");
    if (included == null) {
      response.setContentLength(bytes.length);
    }
    response.getOutputStream().write(bytes);
  }

  private static void append(StringBuilder answer, String path, String rest) {
    answer.append(Printable.of(rest == null ? path : path + rest)).append('\n');
  }
}
