package io.ostiary.tests.contract;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** What an operator reads of a server's guard by JMX, as an app in it tells. */
final class Figures {

  private final ServerProcess server;

  Figures(ServerProcess server) {
    this.server = server;
  }

  /** The figures by their names, those of the calls that were refused by {@code Refused.REASON}. */
  Map<String, String> now() throws IOException {
    Map<String, String> figures = new HashMap<>();
    try (Wire wire = new Wire(server.port())) {
      String told = wire.send(Ask.get("/open/figures").bytes()).answer().text();
      for (String line : told.split("\n", -1)) {
        int end = line.lastIndexOf(' ');
        figures.put(line.substring(0, Math.max(0, end)), line.substring(end + 1));
      }
    }
    return figures;
  }

  /** Waits until they are there: not before some seconds after the start. */
  Map<String, String> onceThere() throws IOException {
    return once(figures -> figures.containsKey("Workers"));
  }

  /** Waits until one of them is so. */
  void await(String name, long value) throws IOException {
    once(figures -> Long.toString(value).equals(figures.get(name)));
  }

  /** Waits until one of them is so large. */
  void awaitAtLeast(String name, long value) throws IOException {
    once(figures -> Long.parseLong(figures.get(name)) >= value);
  }

  private Map<String, String> once(Predicate<Map<String, String>> expected) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    Map<String, String> figures = now();
    while (!expected.test(figures)) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("it was not so within 20 s: " + figures);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
      figures = now();
    }
    return figures;
  }
}
