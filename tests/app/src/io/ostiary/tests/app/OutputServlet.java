package io.ostiary.tests.app;

import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Answers in each of the ways that servlets have, at paths that are guarded and at others of which the policy knows nothing; the
 * last segment says which.
 */
public final class OutputServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;
  private static final String TEXT = "Grüße, 你好🙂";

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    String path = request.getPathInfo();
    switch (path.substring(path.lastIndexOf('/') + 1)) {
      case "buffer" -> Buffering.tell(response, false);
      case "buffer-writer" -> Buffering.tell(response, true);
      case "committed" -> Buffering.tellCommitted(response);
      case "listened" -> Pouring.pour(request);
      case "identity" -> Identity.tell(request, false);
      case "identity-of-context" -> Identity.tell(request, true);
      case "forward" -> Leaving.forward(request, response, "dispatch");
      case "forward-given" -> Leaving.forward(request, response, "dispatch-given");
      case "dispatch" -> Leaving.dispatch(request, response, false);
      case "dispatch-given" -> Leaving.dispatch(request, response, true);
      case "dispatch-throw" -> Leaving.dispatchAndThrow(request, response);
      case "complete-throw" -> Leaving.completeAndThrow(request, response);
      case "newer" -> Newer.write(response);
      case "newer-charset" -> Newer.nameCharset(response);
      case "newer-redirect" -> Newer.redirect(response);
      case "newer-read" -> Newer.read(request, response);
      case "printed" -> print(response);
      case "printed-text" -> printText(response);
      case "headers" -> headers(response);
      case "redirect" -> response.sendRedirect("elsewhere?a=b");
      case "locale" -> locale(response);
      case "closed" -> close(response);
      default -> text(response, new Query(request).get("type", "text/plain;charset=UTF-8"));
    }
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    doGet(request, response);
  }

  private static void text(HttpServletResponse response, String type) throws IOException {
    response.setContentType(type);
    response.getWriter().write(TEXT);
  }

  /** Every method that a stream has for printing. */
  private static void print(HttpServletResponse response) throws IOException {
    response.setContentType("application/octet-stream");
    ServletOutputStream out = response.getOutputStream();
    out.print(true);
    out.print('c');
    out.print(1);
    out.print(2L);
    out.print(1.5f);
    out.print(2.5d);
    out.print("text");
    out.println();
    out.println(false);
    out.println('d');
    out.println(3);
    out.println(4L);
    out.println(3.5f);
    out.println(4.5d);
    out.println("text");
    out.write('w');
    out.write(TEXT.getBytes(StandardCharsets.UTF_8));
    out.write(TEXT.getBytes(StandardCharsets.UTF_8), 2, 3);
    out.flush();
  }

  /** The same of a writer. */
  private static void printText(HttpServletResponse response) throws IOException {
    response.setContentType("text/plain");
    response.setCharacterEncoding("UTF-8");
    PrintWriter out = response.getWriter();
    out.print(true);
    out.print('ü');
    out.print(1);
    out.print(2L);
    out.print(1.5f);
    out.print(2.5d);
    out.print(TEXT.toCharArray());
    out.print((String) null);
    out.print((Object) null);
    out.println();
    out.println(false);
    out.println('你');
    out.println(3);
    out.println(4L);
    out.println(3.5f);
    out.println(4.5d);
    out.println(TEXT.toCharArray());
    out.println((Object) TEXT);
    out.printf("%s-%d%n", TEXT, 5);
    out.printf(Locale.GERMANY, "%.2f", 1234.5);
    out.format("%x", 255).format(Locale.ROOT, "%o", 8);
    out.append('a').append("bc").append("xdefx", 1, 4).append(null);
    out.write('w');
    out.write(TEXT, 1, 4);
    out.write(TEXT.toCharArray(), 1, 4);
    out.flush();
    out.println(out.checkError());
  }

  private static void headers(HttpServletResponse response) throws IOException {
    response.setStatus(203);
    response.setHeader("X-Set", "a");
    response.addHeader("X-Set", "b");
    response.setIntHeader("X-Int", 1);
    response.addIntHeader("X-Int", 2);
    response.setDateHeader("X-Date", 0);
    response.addDateHeader("X-Date", 1000);
    response.setHeader("ETag", "\"1\"");
    response.setContentType("text/plain;charset=UTF-8");
    PrintWriter out = response.getWriter();
    out.println(response.getStatus() + " " + response.getContentType());
    out.println(response.getHeader("x-set") + response.getHeaders("X-Set"));
    out.println(response.getHeaders("X-Int") + " " + response.containsHeader("X-None"));
    out.println(response.getCharacterEncoding() + " " + response.encodeURL("/a?b"));
  }

  /** A language that the app has given a charset, as web.xml does; where it has none, a type without a charset. */
  private static void locale(HttpServletResponse response) throws IOException {
    response.setContentType("application/octet-stream");
    response.setLocale(Locale.JAPAN);
    response.getOutputStream().print(String.valueOf(response.getLocale()));
  }

  private static void close(HttpServletResponse response) throws IOException {
    response.setContentType("text/plain;charset=UTF-8");
    PrintWriter out = response.getWriter();
    out.print("whole");
    out.close();
    out.print("too late");
    response.setHeader("X-Late", "1");
  }
}
