package io.ostiary.tests.app;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How often the app was really called, by the name of the test that called, and how often it came to other things. */
final class CoreHits {

  private static final Map<String, Integer> BY_TEST = new ConcurrentHashMap<>();

  private CoreHits() {}

  static void count(String what) {
    if (what != null) {
      BY_TEST.merge(what, 1, Integer::sum);
    }
  }

  static int of(String test) {
    return BY_TEST.getOrDefault(test, 0);
  }
}
