package io.ostiary.tests.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.servlet.AsyncContext;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.handler.HandlerWrapper;

/** A handler that answers by itself, with others below it or not, as apps of Jetty before 12 have them; and the servlet beside it. */
final class OwnAnswers extends HandlerWrapper {

  private static final Map<String, Integer> HITS = new ConcurrentHashMap<>();
  private static final String USAGE = "{\"choices\":[],\"usage\":{\"total_tokens\":44}}";

  private final boolean answersFiles;

  /** @param answersFiles whether there is nobody else to do it */
  OwnAnswers(boolean answersFiles) {
    this.answersFiles = answersFiles;
  }

  @Override
  public void handle(
      String target, Request base, HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    String uri = request.getRequestURI();
    if (uri.startsWith("/own/")
        || uri.startsWith("/hits")
        || (answersFiles && uri.startsWith("/files/"))
        || uri.equals("/app/by-handler")) {
      base.setHandled(!uri.equals("/own/nowhere"));
      answer(uri.substring(uri.lastIndexOf('/') + 1), request, response);
    } else {
      super.handle(target, base, request, response);
    }
  }

  private static void answer(String way, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    // A call that is over before it begins may be told so.
    if (Thread.currentThread().isInterrupted() && !way.equals("slow")) {
      count("met-interrupted");
    }
    count(request.getHeader("X-Test"));
    switch (way) {
      case "hits" ->
          write(response, "text/plain", "" + HITS.getOrDefault(request.getQueryString(), 0));
      case "page.bin" -> write(response, "application/octet-stream", "a page of some text");
      case "usage" -> write(response, "application/json", USAGE);
      case "usage-later" -> later(request, response, "application/json", USAGE);
      case "later" -> later(request, response, "text/event-stream", read(request));
      case "again" -> again(request, response);
      case "copy" -> {
        byte[] body = request.getInputStream().readAllBytes();
        response.setContentType("application/octet-stream");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
      }
      case "slow" -> {
        sleep(request);
        write(response, "text/event-stream", read(request));
      }
      case "throw" -> throw new IllegalStateException("a secret");
      case "error" -> response.sendError(503);
      case "nowhere" -> {}
      default -> write(response, "text/event-stream", read(request));
    }
  }

  private static void count(String what) {
    if (what != null) {
      HITS.merge(what, 1, Integer::sum);
    }
  }

  /** A model at work for as long as it was asked to be, unless it is interrupted. */
  private static void sleep(HttpServletRequest request) {
    try {
      Thread.sleep(Long.parseLong(request.getHeader("X-Sleep")));
    } catch (InterruptedException over) {
      count(request.getHeader("X-Test") + "-interrupted");
    }
  }

  private static String read(HttpServletRequest request) throws IOException {
    return new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static void write(HttpServletResponse response, String type, String text)
      throws IOException {
    response.setContentType(type);
    response.getWriter().print(text);
  }

  private static void later(
      HttpServletRequest request, HttpServletResponse response, String type, String text) {
    AsyncContext context = request.startAsync();
    new Thread(
            () -> {
              try {
                write((HttpServletResponse) context.getResponse(), type, text);
              } catch (IOException gone) {
                // Then nobody waits.
              }
              context.complete();
            })
        .start();
  }

  private static void again(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getAttribute("read") instanceof String text) {
      write(response, "text/event-stream", text);
    } else {
      request.setAttribute("read", read(request));
      AsyncContext context = request.startAsync();
      new Thread(context::dispatch).start();
    }
  }

  /** What is not the handler's. */
  static final class Servlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      answer(request.getPathInfo().substring(1), request, response);
    }
  }
}
