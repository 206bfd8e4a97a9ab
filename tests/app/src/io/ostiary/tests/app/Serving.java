package io.ostiary.tests.app;

import java.io.IOException;

/** How a server process talks with the test that started it. */
final class Serving {

  private Serving() {}

  static void announce(int port) {
    System.out.println("LISTENING " + port);
  }

  /** The test's end of the pipe closes when the test ends, however it ends. */
  static void untilInputEnds() throws IOException {
    while (System.in.read() >= 0) {
      continue;
    }
  }
}
