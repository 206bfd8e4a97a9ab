package io.ostiary.tests.app;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Goes asynchronous, and hands the call on or ends it before it returns. */
final class Leaving {

  private Leaving() {}

  /** To the same path with another last segment; when the call comes back it tells where to. */
  static void forward(HttpServletRequest request, HttpServletResponse response, String last)
      throws IOException, ServletException {
    if (request.getDispatcherType() == DispatcherType.ASYNC) {
      tell(request, response);
      return;
    }
    String path = request.getServletPath() + request.getPathInfo();
    request
        .getRequestDispatcher(path.substring(0, path.lastIndexOf('/') + 1) + last)
        .forward(request, response);
  }

  /** To where the servlet API says that it goes: with the request given it is the path of a forward, without not. */
  static void dispatch(HttpServletRequest request, HttpServletResponse response, boolean given)
      throws IOException {
    if (request.getDispatcherType() == DispatcherType.ASYNC) {
      tell(request, response);
      return;
    }
    AsyncContext context = given ? request.startAsync(request, response) : request.startAsync();
    context.dispatch();
  }

  private static void tell(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/plain;charset=UTF-8");
    response.getWriter().println("dispatched to " + request.getPathInfo());
    response.getWriter().println(request.getRequestURI() + " " + request.getQueryString());
    response.getWriter().println("began at " + request.getAttribute(AsyncContext.ASYNC_PATH_INFO));
  }

  static void dispatchAndThrow(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    if (request.getDispatcherType() == DispatcherType.ASYNC) {
      tell(request, response);
      return;
    }
    request.startAsync().dispatch();
    throw new ServletException("as it was asked to");
  }

  static void completeAndThrow(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    AsyncContext context = request.startAsync();
    response.getOutputStream().print("complete");
    context.complete();
    throw new ServletException("as it was asked to");
  }
}
