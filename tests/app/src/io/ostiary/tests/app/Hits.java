package io.ostiary.tests.app;

import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** How often the app was really called, by the name of the test that called, and how often it came to other things. */
final class Hits {

  private static final ConcurrentHashMap<String, AtomicInteger> BY_TEST = new ConcurrentHashMap<>();

  private Hits() {}

  static void count(HttpServletRequest request) {
    String test = request.getHeader("X-Test");
    if (test != null) {
      count(test);
    }
  }

  static void count(String what) {
    BY_TEST.computeIfAbsent(what, w -> new AtomicInteger()).incrementAndGet();
  }

  static int of(String test) {
    AtomicInteger hits = BY_TEST.get(test);
    return hits == null ? 0 : hits.get();
  }
}
