package io.ostiary.tests.fuzz;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Sends a call on to the path that the header {@code X-To} says, by a forward, an include or an asynchronous dispatch. */
final class DispatchServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    String to = request.getHeader("X-To");
    String way = request.getHeader("X-Way");
    if (to == null || way == null || request.getAttribute("sent") != null) {
      response.sendError(404);
      return;
    }
    request.setAttribute("sent", true);
    switch (way) {
      case "forward" -> request.getRequestDispatcher(to).forward(request, response);
      case "include" -> request.getRequestDispatcher(to).include(request, response);
      default -> request.startAsync().dispatch(to);
    }
  }
}
