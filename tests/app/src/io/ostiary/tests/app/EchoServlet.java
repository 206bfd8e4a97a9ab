package io.ostiary.tests.app;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A model, as far as the guard is concerned: it reads a body in the way {@code X-Read} says, and ends as {@code X-End} says. */
public final class EchoServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    Hits.count(request);
    String way = headerOf(request, "X-Read", "stream");
    if (way.equals("listener")) {
      Listening.to(request);
      return;
    }
    byte[] read = Reading.of(request, way);
    switch (headerOf(request, "X-End", "return")) {
      case "return":
        Answering.with(request, response, read);
        return;
      case "throw":
        throw new ServletException("as it was asked to");
      case "fail":
        throw new AssertionError("as it was asked to");
      case "status":
        response.setStatus(503);
        return;
      case "send-error":
        response.sendError(503);
        return;
      case "async":
        answerLater(request, request.startAsync(), read);
        return;
      case "async-given":
        answerLater(request, request.startAsync(request, response), read);
        return;
      case "async-timeout":
        request.startAsync().setTimeout(50);
        return;
      default:
        throw new ServletException("no such end");
    }
  }

  private static void answerLater(HttpServletRequest request, AsyncContext context, byte[] read) {
    context.start(
        () -> {
          try {
            Answering.with(request, (HttpServletResponse) context.getResponse(), read);
          } catch (IOException gone) {
            gone.printStackTrace();
          }
          context.complete();
        });
  }

  private static String headerOf(HttpServletRequest request, String name, String otherwise) {
    String value = request.getHeader(name);
    return value == null ? otherwise : value;
  }
}
