package io.ostiary.tests.app;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Sends a call on to the echo, which is guarded too, in each of the ways that servlets have. */
public final class DispatchServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;
  private static final String ECHO = "/v1/chat/completions";

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    switch (String.valueOf(request.getPathInfo())) {
      case "/forward":
        request.getRequestDispatcher(ECHO).forward(request, response);
        return;
      case "/include":
        request.getRequestDispatcher(ECHO).include(request, response);
        return;
      case "/async":
        request.startAsync().dispatch(ECHO);
        return;
      case "/async-twice":
        asyncTwice(request);
        return;
      default:
        throw new ServletException("no such way");
    }
  }

  private static void asyncTwice(HttpServletRequest request) {
    AsyncContext context = request.startAsync();
    if (request.getDispatcherType() == DispatcherType.REQUEST) {
      context.dispatch();
    } else {
      context.dispatch(ECHO);
    }
  }
}
