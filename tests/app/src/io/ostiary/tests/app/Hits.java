package io.ostiary.tests.app;

import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** How often the app was really called, by the name of the test that called. */
final class Hits {

  private static final ConcurrentHashMap<String, AtomicInteger> BY_TEST = new ConcurrentHashMap<>();

  private Hits() {}

  static void count(HttpServletRequest request) {
    String test = request.getHeader("X-Test");
    if (test != null) {
      BY_TEST.computeIfAbsent(test, t -> new AtomicInteger()).incrementAndGet();
    }
  }

  static int of(String test) {
    AtomicInteger hits = BY_TEST.get(test);
    return hits == null ? 0 : hits.get();
  }
}
