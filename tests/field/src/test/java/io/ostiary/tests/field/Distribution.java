package io.ostiary.tests.field;

import io.ostiary.tests.contract.ServerProcess;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A server as its project distributes it, unpacked and not changed. */
record Distribution(Path home) {

  private static final Path TARGET = Path.of(System.getProperty("servers")).getParent();
  private static final Pattern TOMCAT = Pattern.compile("\\[\"http-nio-auto-\\d+-(\\d+)\"\\]");
  private static final Pattern JETTY =
      Pattern.compile("Started (?:oejs\\.)?ServerConnector@.*\\{0\\.0\\.0\\.0:(\\d+)}");

  /** All that have been laid down: two, or with {@code -Pmatrix} one of each line. */
  static List<Distribution> all() {
    try (Stream<Path> homes = Files.list(TARGET.resolve("standalone"))) {
      return homes
          .filter(home -> Files.exists(home.resolve("there.txt")))
          .sorted()
          .map(Distribution::new)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts it with the app as its root WAR, on any free port, as its own scripts do but for these options of the JVM. */
  ServerProcess start(String... options) throws IOException {
    List<String> command = new ArrayList<>(List.of(options));
    command.add("-Dfile.encoding=UTF-8");
    command.addAll(isTomcat() ? tomcat(war(), "ROOT") : jetty());
    return ServerProcess.start(command, isTomcat() ? TOMCAT : JETTY);
  }

  /** Starts Tomcat with the examples that it comes with, at {@code /examples}. */
  static ServerProcess startExamples(String tomcat, String... options) throws IOException {
    Distribution here = new Distribution(TARGET.resolve("standalone").resolve(tomcat));
    List<String> command = new ArrayList<>(List.of(options));
    command.addAll(here.tomcat(here.home.resolve("webapps/examples"), "examples"));
    return ServerProcess.start(command, TOMCAT);
  }

  private List<String> tomcat(Path app, String name) throws IOException {
    Path base = Files.createTempDirectory("tomcat");
    for (String folder : List.of("conf", "logs", "temp", "webapps/" + name, "work")) {
      Files.createDirectories(base.resolve(folder));
    }
    copy(home.resolve("conf"), base.resolve("conf"));
    String server = Files.readString(base.resolve("conf/server.xml"));
    Files.writeString(
        base.resolve("conf/server.xml"),
        server.replace("\"8080\"", "\"0\"").replace("\"8005\"", "\"-1\""));
    copy(app, base.resolve("webapps").resolve(name));
    Path bin = home.resolve("bin");
    return List.of(
        "-Djava.util.logging.config.file=" + base.resolve("conf/logging.properties"),
        "-Djava.util.logging.manager=org.apache.juli.ClassLoaderLogManager",
        "-Dcatalina.home=" + home.toAbsolutePath(),
        "-Dcatalina.base=" + base,
        "-Djava.io.tmpdir=" + base.resolve("temp"),
        "-cp",
        bin.resolve("bootstrap.jar") + File.pathSeparator + bin.resolve("tomcat-juli.jar"),
        "org.apache.catalina.startup.Bootstrap",
        "start");
  }

  private List<String> jetty() throws IOException {
    Path base = Files.createTempDirectory("jetty");
    List<String> start =
        List.of("-jar", home.resolve("start.jar").toString(), "jetty.base=" + base);
    List<String> setUp = new ArrayList<>(List.of(java()));
    setUp.addAll(start);
    setUp.add(
        is("jetty-distribution") ? "--add-to-start=" + modules() : "--add-modules=" + modules());
    Process process = new ProcessBuilder(setUp).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Files.createDirectories(base.resolve("webapps/ROOT"));
    if (!Files.exists(base.resolve(is("jetty-distribution") ? "start.ini" : "start.d"))) {
      throw new IOException("no Jetty base was made:\n" + said);
    }
    copy(war(), base.resolve("webapps/ROOT"));
    List<String> command = new ArrayList<>(start);
    command.add("jetty.http.port=0");
    return command;
  }

  private String modules() {
    return is("jetty-home-12")
        ? "server,http,ee10-deploy,ee10-webapp"
        : "server,http,deploy,webapp";
  }

  private Path war() {
    boolean javax = is("tomcat-9") || is("jetty-distribution") || is("jetty-home-10");
    return TARGET.resolve(javax ? "war-javax" : "war-jakarta");
  }

  boolean isTomcat() {
    return is("tomcat");
  }

  private boolean is(String start) {
    return toString().startsWith(start);
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path copy = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
  }

  @Override
  public String toString() {
    return home.getFileName().toString();
  }
}
