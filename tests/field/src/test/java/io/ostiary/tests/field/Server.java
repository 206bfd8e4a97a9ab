package io.ostiary.tests.field;

import io.ostiary.tests.contract.Installation;
import io.ostiary.tests.contract.ServerProcess;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One server with the app on it, as {@code servers.xml} has laid it down: its jars in {@code lib}, the app in {@code classes},
 * the class that starts it in {@code main.txt}.
 */
record Server(Path home) {

  private static final Set<String> KINDS =
      Set.of("tomcat-11.0.25", "jetty-10.0.26", "jetty-12.1.12-ee8", "jetty-12.1.12-ee11");
  private static final Pattern LISTENS = Pattern.compile("LISTENING (\\d+)");
  private static final Path SERVERS = Path.of(System.getProperty("servers", "target/servers"));

  /** The newest of each line. */
  static List<Server> newest() {
    return all("newest");
  }

  /** One for each of the servers' own ways to call a servlet; with {@code -Pmatrix} all of the newest. */
  static List<Server> kinds() {
    return oldest().isEmpty()
        ? newest().stream().filter(server -> KINDS.contains(server.toString())).toList()
        : newest();
  }

  /** The newest Tomcat 11. */
  static Server tomcat11() {
    return newest().stream()
        .filter(server -> server.toString().startsWith("tomcat-11."))
        .findFirst()
        .orElseThrow();
  }

  /** Old ones of each line, with {@code -Pmatrix} alone. */
  static List<Server> oldest() {
    return all("oldest");
  }

  /** Jetty 12 without servlets. */
  static List<Server> core() {
    return all("core");
  }

  /** Jersey on some of them; with {@code -Pmatrix} on one of each namespace and project. */
  static List<Server> jerseys() {
    return all("jersey");
  }

  /** Jetty 12 with handlers of its core beside servlets. */
  static List<Server> mixed() {
    return all("mixed");
  }

  /** Jetty with handlers of the older kind beside servlets. */
  static List<Server> own() {
    return all("own");
  }

  /** WebSockets on Jetty. */
  static List<Server> webSockets() {
    return all("websocket");
  }

  private static List<Server> all(String age) {
    Path servers = SERVERS.resolve(age);
    if (!Files.isDirectory(servers)) {
      return List.of();
    }
    try (Stream<Path> homes = Files.list(servers)) {
      return homes
          .filter(home -> Files.exists(home.resolve("main.txt")))
          .sorted()
          .map(Server::new)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Guarded by the agent alone. */
  Installation withAgent() {
    return new Installation(mainClass(), 0, Installation.builtAgent(), classPath());
  }

  /** Guarded by the filter alone. */
  Installation withFilter() {
    return new Installation(mainClass(), 1, null, classPath());
  }

  /** Not guarded at all. */
  Installation withoutGuard() {
    return new Installation(mainClass(), 0, null, classPath());
  }

  /** Starts an app that asks for no policy, with these options of its JVM. */
  ServerProcess start(String... options) throws IOException {
    List<String> command = new ArrayList<>(List.of(options));
    command.addAll(List.of("-Dfile.encoding=UTF-8", "-Xmx256m", "-cp", classPath(), mainClass()));
    return ServerProcess.start(command, LISTENS);
  }

  boolean isTomcat() {
    return toString().startsWith("tomcat");
  }

  /** Whether it looks at a request before the first byte of its declared body; Jetty did not, before 12. */
  boolean hearsTheHeadAlone() {
    return isTomcat() || toString().startsWith("jetty-12");
  }

  /** Whether its app speaks HTTP/2 without TLS. */
  boolean speaksHttp2() {
    return isTomcat() || toString().endsWith("ee10") || toString().endsWith("ee11");
  }

  private String mainClass() {
    try {
      return Files.readString(home.resolve("main.txt")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String classPath() {
    return home.resolve("classes") + File.pathSeparator + home.resolve("lib") + "/*";
  }

  @Override
  public String toString() {
    return home.getFileName().toString();
  }
}
