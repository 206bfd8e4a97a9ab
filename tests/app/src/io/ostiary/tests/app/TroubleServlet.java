package io.ostiary.tests.app;

import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** An app that fails, in the way that {@code how} says, with {@code status}, {@code say} and {@code type}. */
public final class TroubleServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;
  private static final String EVENT = "data: {\"choices\":[]}\n\n";

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    Query query = new Query(request);
    int status = Integer.parseInt(query.get("status", "500"));
    String say = query.get("say", "");
    String type = query.get("type", "text/html");
    switch (query.get("how", "")) {
      case "send-error":
        if (say.isEmpty()) {
          response.sendError(status);
        } else {
          response.sendError(status, say);
        }
        return;
      case "throw":
        throw new IllegalStateException("secret at 10.0.0.7");
      case "fail":
        throw new AssertionError("secret at 10.0.0.7");
      case "wrapped":
        throw new ServletException(new IOException("secret at 10.0.0.7"));
      case "status":
        response.setStatus(status);
        return;
      case "write":
        response.setStatus(status);
        response.setContentType(type);
        response.getOutputStream().write(say.getBytes(StandardCharsets.UTF_8));
        return;
      case "print":
        response.setStatus(status);
        response.setContentType(type);
        response.getWriter().print(say);
        response.getWriter().flush();
        response.flushBuffer();
        return;
      case "late-status":
        lateStatus(response, query.get("via", "stream"), status, say);
        return;
      case "close":
        response.setContentType(type);
        response.setStatus(status);
        response.setContentLength(say.length());
        response.getWriter().print(say);
        response.getWriter().close();
        return;
      case "long":
        response.setStatus(status);
        response.setContentType(type);
        for (int i = 0; i < 20_000; i++) {
          response.getWriter().println("<p>at io.ostiary.tests.app.TroubleServlet</p>");
        }
        return;
      case "regret":
        response.setStatus(status);
        response.getOutputStream().print("<h1>no</h1>");
        response.reset();
        response.setContentType("application/json");
        response.getOutputStream().print("{\"well\":true}");
        return;
      case "break-off":
        response.setContentType("application/json");
        response.getOutputStream().print("{\"choices\":[");
        response.flushBuffer();
        throw new IllegalStateException("secret at 10.0.0.7");
      case "stream":
        begin(response, query.get("via", "stream"), EVENT + EVENT);
        throw new IllegalStateException("secret at 10.0.0.7");
      case "stream-half":
        begin(response, query.get("via", "stream"), EVENT + "data: {\"cho");
        throw new IllegalStateException("secret at 10.0.0.7");
      case "stream-send-error":
        begin(response, query.get("via", "stream"), EVENT);
        response.sendError(status);
        return;
      default:
        throw new ServletException("no such trouble");
    }
  }

  /** Takes its output first, and may take back what it has written. */
  private static void lateStatus(HttpServletResponse response, String via, int status, String say)
      throws IOException {
    response.setContentType("text/html;charset=UTF-8");
    if (via.startsWith("writer")) {
      PrintWriter out = response.getWriter();
      if (via.endsWith("-again")) {
        out.print("<h1>well</h1>");
        response.resetBuffer();
      }
      response.setStatus(status);
      out.print(say);
      out.flush();
    } else {
      ServletOutputStream out = response.getOutputStream();
      if (via.endsWith("-again")) {
        out.print("<h1>well</h1>");
        response.resetBuffer();
      }
      response.setStatus(status);
      out.write(say.getBytes(StandardCharsets.UTF_8));
      out.flush();
    }
  }

  private static void begin(HttpServletResponse response, String via, String text)
      throws IOException {
    response.setContentType("text/event-stream");
    if (via.equals("writer")) {
      response.getWriter().print(text);
      response.getWriter().flush();
    } else {
      response.getOutputStream().print(text);
      response.getOutputStream().flush();
    }
  }

  @Override
  protected void doOptions(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setHeader("X-Body", Integer.toString(request.getInputStream().readAllBytes().length));
    response.setHeader("Access-Control-Allow-Methods", "POST");
    response.setStatus(204);
  }
}
