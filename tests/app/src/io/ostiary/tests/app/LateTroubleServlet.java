package io.ostiary.tests.app;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** An app that fails when its servlet has returned already, in the way that {@code how} says; or when it reads what it was sent. */
public final class LateTroubleServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if ("/over".equals(request.getPathInfo())) {
      return;
    }
    Query query = new Query(request);
    int status = Integer.parseInt(query.get("status", "500"));
    AsyncContext async = request.startAsync();
    switch (query.get("how", "")) {
      case "timeout":
        // Nobody listens, and nobody ends the call.
        async.setTimeout(200);
        return;
      case "again":
        async.dispatch("/late-trouble/x?how=listened");
        return;
      case "listened":
        async.setTimeout(200);
        async.addListener(new LateAnswer());
        return;
      case "dispatch":
        async.dispatch("/trouble/x?how=" + query.get("then", "throw") + "&status=" + status);
        return;
      case "timeout-page":
        async.setTimeout(200);
        async.addListener(new LatePage(status));
        return;
      case "page-dispatch":
        async.start(() -> page(async, "stream", status, false));
        return;
      case "stream", "writer", "json":
        async.start(() -> page(async, query.get("how", ""), status, true));
        return;
      case "begun":
        page(async, "writer", status, false);
        async.start(async::complete);
        return;
      default:
        async.start(() -> fail(async, query.get("how", ""), status));
    }
  }

  private static void fail(AsyncContext async, String how, int status) {
    HttpServletResponse response = (HttpServletResponse) async.getResponse();
    try {
      if (!how.equals("send-error")) {
        response.setStatus(status);
      } else if (status < 500) {
        response.sendError(status);
      } else {
        response.sendError(status, "secret at 10.0.0.7");
      }
    } catch (IOException gone) {
      throw new IllegalStateException(gone);
    } finally {
      async.complete();
    }
  }

  /** Writes an error, and completes the call or sends it on. */
  private static void page(AsyncContext async, String how, int status, boolean completes) {
    HttpServletResponse response = (HttpServletResponse) async.getResponse();
    try {
      response.setStatus(status);
      response.setContentType(how.equals("json") ? "application/json" : "text/html");
      if (how.equals("stream")) {
        response.getOutputStream().print("<h1>secret</h1>");
        response.flushBuffer();
      } else {
        response.getWriter().print(how.equals("json") ? "{\"mine\":1}" : "<h1>secret</h1>");
        response.getWriter().flush();
      }
    } catch (IOException gone) {
      throw new IllegalStateException(gone);
    } finally {
      if (completes) {
        async.complete();
      } else if (how.equals("stream")) {
        async.dispatch("/late-trouble/over");
      }
    }
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    if ("parts".equals(new Query(request).get("how", ""))) {
      request.getParts();
    } else {
      request.getParameterMap();
    }
    response.setContentType("application/json");
    response.getOutputStream().print("{\"well\":true}");
  }
}
