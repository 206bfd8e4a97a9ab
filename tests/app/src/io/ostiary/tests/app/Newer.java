package io.ostiary.tests.app;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** What Servlet 6.1 has added; where a server has none of it the answer says so. */
final class Newer {

  private static final byte[] TEXT = "Grüße, 你好🙂".getBytes(StandardCharsets.UTF_8);

  private Newer() {}

  /** Writes buffers, on the heap and off it. */
  static void write(HttpServletResponse response) throws IOException {
    response.setContentType("application/octet-stream");
    ServletOutputStream out = response.getOutputStream();
    ByteBuffer direct = ByteBuffer.allocateDirect(TEXT.length).put(TEXT).flip();
    for (ByteBuffer each : new ByteBuffer[] {ByteBuffer.wrap(TEXT, 2, 5), direct}) {
      String told = call(ServletOutputStream.class, out, "write", ByteBuffer.class, each);
      out.print(told + " " + each.remaining());
      // Jetty sends a buffer that is not on the heap at once.
      out.flush();
    }
  }

  static void nameCharset(HttpServletResponse response) throws IOException {
    response.setContentType("text/plain");
    Charset gbk = Charset.forName("GBK");
    String told =
        call(HttpServletResponse.class, response, "setCharacterEncoding", Charset.class, gbk);
    if (told.equals("none")) {
      response.setCharacterEncoding("GBK");
    }
    response.getWriter().print("你好 " + response.getCharacterEncoding());
  }

  static void redirect(HttpServletResponse response) throws IOException {
    try {
      response.getWriter().print("taken back");
      HttpServletResponse.class
          .getMethod("sendRedirect", String.class, int.class, boolean.class)
          .invoke(response, "elsewhere", 307, true);
    } catch (NoSuchMethodException none) {
      response.sendRedirect("elsewhere");
    } catch (ReflectiveOperationException failed) {
      response.getWriter().print(String.valueOf(failed.getCause()));
    }
  }

  /** Reads the body into a buffer. */
  static void read(HttpServletRequest request, HttpServletResponse response) throws IOException {
    ServletInputStream in = request.getInputStream();
    ByteBuffer into = ByteBuffer.allocateDirect(4096);
    response.setContentType("application/octet-stream");
    ServletOutputStream out = response.getOutputStream();
    String told = call(ServletInputStream.class, in, "read", ByteBuffer.class, into);
    while (told.matches("[1-9]\\d*")) {
      // Whether the position goes on is each server's own affair.
      into.clear();
      for (int i = 0; i < Integer.parseInt(told); i++) {
        out.write(into.get(i));
      }
      told = call(ServletInputStream.class, in, "read", ByteBuffer.class, into);
    }
    out.print(" " + told + " " + in.readAllBytes().length);
  }

  private static String call(Class<?> type, Object on, String name, Class<?> takes, Object given) {
    try {
      return String.valueOf(type.getMethod(name, takes).invoke(on, given));
    } catch (NoSuchMethodException none) {
      return "none";
    } catch (InvocationTargetException thrown) {
      return thrown.getCause().getClass().getSimpleName();
    } catch (IllegalAccessException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
