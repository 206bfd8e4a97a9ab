package io.ostiary.tests.app;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.zip.GZIPInputStream;

/** Answers what it sees of a request, one thing a line, the body last; {@code X-Read} says how it reads. */
public final class SeenServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    String forward = request.getHeader("X-Forward");
    if (forward != null && request.getDispatcherType() == DispatcherType.REQUEST) {
      request.getRequestDispatcher(forward).forward(request, response);
    } else if (request.getHeader("X-Async") != null) {
      later(request.startAsync());
    } else {
      answer(request, response);
    }
  }

  private static void later(AsyncContext context) {
    context.start(
        () -> {
          try {
            answer(
                (HttpServletRequest) context.getRequest(),
                (HttpServletResponse) context.getResponse());
          } catch (IOException | ServletException gone) {
            gone.printStackTrace();
          }
          context.complete();
        });
  }

  private static void answer(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    String text = head(request) + "body=" + body(request);
    response.setContentType("text/plain;charset=utf-8");
    response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String head(HttpServletRequest request) {
    String url = request.getRequestURL().toString();
    return "uri="
        + request.getRequestURI()
        + "\nurl="
        + url.substring(url.indexOf('/', "http://".length()))
        + "\nservlet="
        + request.getServletPath()
        + "\ninfo="
        + request.getPathInfo()
        + "\nquery="
        + request.getQueryString()
        + "\nmodel="
        + request.getHeader("X-Model")
        + Collections.list(request.getHeaders("x-model"))
        + "\nlength="
        + request.getContentLengthLong()
        + "|"
        + request.getContentLength()
        + "|"
        + request.getHeader("Content-Length")
        + "\ncoding="
        + request.getHeader("Content-Encoding")
        + "\n";
  }

  private static String body(HttpServletRequest request) throws IOException, ServletException {
    String way = request.getHeader("X-Read");
    byte[] read = Reading.of(request, way == null ? "stream" : way);
    int length = read.length;
    if ("gzip".equals(request.getHeader("Content-Encoding"))) {
      read = new GZIPInputStream(new ByteArrayInputStream(read)).readAllBytes();
    }
    return length + "|" + new String(read, StandardCharsets.UTF_8);
  }
}
