package io.ostiary.tests.app;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Tells what the server's JVM is at, as four numbers: its live heap in KiB, its threads, those of them that play an answer, and
 * those that wait for a worker. To measure the heap takes a while; {@code heap=no} spares it.
 */
public final class InsideServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Map<Thread, StackTraceElement[]> threads = Thread.getAllStackTraces();
    String inside =
        (new Query(request).get("heap", "yes").equals("no") ? 0 : liveKiB())
            + " "
            + threads.size()
            + " "
            + count(threads, type -> type.startsWith("io.ostiary.tests.app.Play"))
            + " "
            + count(threads, type -> type.equals("io.ostiary.core.Queued"));
    response.setContentType("application/octet-stream");
    response.getOutputStream().write(inside.getBytes(StandardCharsets.US_ASCII));
  }

  private static long liveKiB() {
    System.gc();
    System.gc();
    Runtime jvm = Runtime.getRuntime();
    return (jvm.totalMemory() - jvm.freeMemory()) / 1024;
  }

  private static long count(Map<Thread, StackTraceElement[]> threads, Predicate<String> type) {
    long count = 0;
    for (StackTraceElement[] stack : threads.values()) {
      for (StackTraceElement frame : stack) {
        if (type.test(frame.getClassName())) {
          count++;
          break;
        }
      }
    }
    return count;
  }
}
