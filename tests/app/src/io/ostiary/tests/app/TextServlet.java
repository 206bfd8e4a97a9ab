package io.ostiary.tests.app;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Answers with text, or with the 256 bytes, labelled and written in the way the query asks for. */
public final class TextServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;
  private static final String TEXT = "你好🙂";

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Query query = new Query(request);
    String type = query.get("type", null);
    String by = query.get("by", "setContentType");
    if (type != null && by.equals("setContentType")) {
      response.setContentType(type);
    } else if (type != null && by.equals("setHeader")) {
      response.setHeader("Content-Type", type);
    } else if (type != null && by.equals("addHeader")) {
      response.addHeader("content-type", type);
    } else if (type != null && by.equals("change")) {
      response.setContentType("text/html");
      response.setContentType(type);
    } else if (type != null && by.equals("reset")) {
      response.setContentType("text/html;charset=GBK");
      response.reset();
      response.setContentType(type);
    }
    String charset = query.get("charset", null);
    if (charset != null) {
      response.setCharacterEncoding(charset);
    }
    write(response, query, type, by);
  }

  private static void write(HttpServletResponse response, Query query, String type, String by)
      throws IOException {
    length(response, query.get("length", null));
    switch (query.get("via", "writer")) {
      case "stream":
        response.getOutputStream().write(TEXT.getBytes(StandardCharsets.UTF_8));
        break;
      case "encoded":
        response.getOutputStream().write(TEXT.getBytes(response.getCharacterEncoding()));
        break;
      case "binary":
        for (int i = 0; i < 256; i++) {
          response.getOutputStream().write(i);
        }
        break;
      default:
        var writer = response.getWriter();
        if (type != null && by.equals("late")) {
          response.setContentType(type);
        }
        writer.write(TEXT);
        if ("flush".equals(query.get("end", null))) {
          response.flushBuffer();
        }
    }
  }

  private static void length(HttpServletResponse response, String counted) {
    if ("chars".equals(counted)) {
      response.setContentLength(TEXT.length());
    } else if ("header".equals(counted)) {
      response.setHeader("Content-Length", Integer.toString(TEXT.length()));
    } else if ("bytes".equals(counted)) {
      response.setContentLengthLong(TEXT.getBytes(StandardCharsets.UTF_8).length);
    }
  }
}
