package io.ostiary.tests.app;

/** The server's own access log, on standard output, if {@code -Dapp.access-log=true} asks for it. */
final class AccessLog {

  private AccessLog() {}

  static boolean isKept() {
    return Boolean.getBoolean("app.access-log");
  }

  /**
   * Logs a request that is over.
   *
   * @param path with its query
   * @param test what the request's {@code X-Test} says, or {@code null}
   */
  static void add(int status, String path, String test) {
    System.out.println("access: " + status + " " + path + " " + (test == null ? "-" : test));
  }
}
