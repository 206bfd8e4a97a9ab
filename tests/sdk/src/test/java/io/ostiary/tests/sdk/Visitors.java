package io.ostiary.tests.sdk;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;

/** The server's request log, by the name of the test that called, and the page that shows it. Refused calls are in it too. */
final class Visitors implements RequestLog {

  private final Map<String, Queue<Visit>> byTest = new ConcurrentHashMap<>();

  @Override
  public void log(Request request, Response response) {
    String test = test(request);
    if (test != null) {
      long began = TimeUnit.NANOSECONDS.toMillis(request.getBeginNanoTime());
      long retryAfter = response.getHeaders().getLongField("retry-after-ms");
      visitsOf(test).add(new Visit(response.getStatus(), began, retryAfter));
    }
  }

  /** By a header, or by a parameter of the type where a client lets its callers say no more. */
  private static String test(Request request) {
    String test = request.getHeaders().get("X-Test");
    String type = request.getHeaders().get("Content-Type");
    return test == null && type != null && type.contains("; test=")
        ? type.substring(type.indexOf("; test=") + "; test=".length())
        : test;
  }

  private Queue<Visit> visitsOf(String test) {
    return byTest.computeIfAbsent(test, name -> new ConcurrentLinkedQueue<>());
  }

  HttpServlet page() {
    return new Page();
  }

  private final class Page extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.setContentType("application/json");
      new ObjectMapper()
          .writeValue(response.getOutputStream(), visitsOf(request.getParameter("test")));
    }
  }
}
