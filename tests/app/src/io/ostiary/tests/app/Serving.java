package io.ostiary.tests.app;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** How a server process talks with the test that started it. */
final class Serving {

  private Serving() {}

  /** Whether the server itself is to take a client's address from forwarding headers. */
  static boolean readdresses() {
    return Boolean.getBoolean("app.readdresses");
  }

  /** Whether it is to know a path by another name, by a handler of the app's own. */
  static boolean rewrites() {
    return !"false".equals(System.getProperty("app.rewrites"));
  }

  /** Whether filters before the guard are to do so. */
  static boolean filtersAddresses() {
    return Boolean.getBoolean("app.filters-addresses");
  }

  /** Whether the server's own log of requests is to be on standard output: {@code access: STATUS PATH?QUERY X-TEST}. */
  static boolean logsAccess() {
    return Boolean.getBoolean("app.access-log");
  }

  /** How many threads the server is to have for calls, or zero for as many as it likes. */
  static int threads() {
    return Integer.getInteger("app.threads", 0);
  }

  /** How many connectors it is to have. */
  static int connectors() {
    return Integer.getInteger("app.connectors", 1);
  }

  /** The file with the key of a server that speaks TLS, or {@code null}; its word is {@code of the tests}. */
  static String keystore() {
    return System.getProperty("app.keystore");
  }

  /** What runs calls on virtual threads, if they are to; this is compiled for a Java that has none. */
  static Optional<ExecutorService> virtualThreads() throws ReflectiveOperationException {
    return Boolean.getBoolean("app.virtual")
        ? Optional.of(
            (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null))
        : Optional.empty();
  }

  /** A server that listens. */
  interface Running {

    int port();

    void stop() throws Exception;
  }

  /** Serves until the test's end of the pipe closes, which it does however the test ends; for each byte that comes, by a new server. */
  static void untilInputEnds(Callable<Running> starts) throws Exception {
    Running server = starts.call();
    announce(server);
    while (System.in.read() >= 0) {
      server.stop();
      server = starts.call();
      announce(server);
    }
    System.exit(0);
  }

  private static void announce(Running server) {
    System.out.println("LISTENING " + server.port());
  }
}
