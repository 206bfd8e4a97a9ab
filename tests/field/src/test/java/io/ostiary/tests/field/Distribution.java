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
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A server as its project distributes it, unpacked and not changed. */
record Distribution(Path home) {

  private static final Path TARGET = Path.of(System.getProperty("servers")).getParent();
  static final Pattern TOMCAT = Pattern.compile("\\[\"http-nio-auto-\\d+-(\\d+)\"\\]");
  static final Pattern JETTY =
      Pattern.compile("Started (?:oejs\\.)?ServerConnector@.*\\{0\\.0\\.0\\.0:(\\d+)}");

  /** What a Jetty needs for WARs. */
  static final String MODULES = "server,http,ee10-deploy,ee10-webapp";

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

  /** The one with this name. */
  static Distribution of(String name) {
    return new Distribution(TARGET.resolve("standalone").resolve(name));
  }

  /** Starts it with the app as its root WAR, on any free port, as its own scripts do but for these options of the JVM. */
  ServerProcess start(String... options) throws IOException {
    return start(base(MODULES, Map.of("ROOT", war())), List.of(options));
  }

  /** Starts Tomcat with the examples and the documentation that it comes with, speaking HTTP/2 too. */
  static ServerProcess startExamples(String tomcat, String... options) throws IOException {
    Distribution here = of(tomcat);
    Path apps = here.home.resolve("webapps");
    Path base =
        here.base(
            MODULES, Map.of("examples", apps.resolve("examples"), "docs", apps.resolve("docs")));
    Path file = base.resolve("conf/server.xml");
    String connector = "(<Connector port=\"0\" protocol=\"HTTP/1.1\"[^>]*)/>";
    String http2 = "<UpgradeProtocol className=\"org.apache.coyote.http2.Http2Protocol\" />";
    Files.writeString(
        file, Files.readString(file).replaceFirst(connector, "$1>" + http2 + "</Connector>"));
    return here.start(base, List.of(options));
  }

  /** Starts it on a base, as its own scripts do but for these options of the JVM. */
  ServerProcess start(Path base, List<String> options, String... arguments) throws IOException {
    return start(Map.of(), base, options, arguments);
  }

  /** The same with variables in its environment. */
  ServerProcess start(
      Map<String, String> environment, Path base, List<String> options, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(options);
    command.add("-Dfile.encoding=UTF-8");
    command.addAll(isTomcat() ? tomcat(base) : jetty(base));
    command.addAll(List.of(arguments));
    return ServerProcess.start(environment, command, isTomcat() ? TOMCAT : JETTY);
  }

  /**
   * Lays down what a server needs of its own, with these unpacked WARs by the names of their folders.
   *
   * @param modules what a Jetty is to have
   */
  Path base(String modules, Map<String, Path> apps) throws IOException {
    Path base = isTomcat() ? tomcatBase() : jettyBase(modules);
    for (Map.Entry<String, Path> app : apps.entrySet()) {
      Files.createDirectories(base.resolve("webapps").resolve(app.getKey()));
      copy(app.getValue(), base.resolve("webapps").resolve(app.getKey()));
    }
    return base;
  }

  private Path tomcatBase() throws IOException {
    Path base = Files.createTempDirectory("tomcat");
    for (String folder : List.of("conf", "logs", "temp", "webapps", "work")) {
      Files.createDirectories(base.resolve(folder));
    }
    copy(home.resolve("conf"), base.resolve("conf"));
    String server = Files.readString(base.resolve("conf/server.xml"));
    Files.writeString(
        base.resolve("conf/server.xml"),
        server.replace("\"8080\"", "\"0\"").replace("\"8005\"", "\"-1\""));
    return base;
  }

  private List<String> tomcat(Path base) {
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

  private Path jettyBase(String modules) throws IOException {
    Path base = Files.createTempDirectory("jetty");
    List<String> setUp = new ArrayList<>(List.of(java()));
    setUp.addAll(List.of("-jar", home.resolve("start.jar").toString(), "jetty.base=" + base));
    setUp.add((is("jetty-distribution") ? "--add-to-start=" : "--add-modules=") + named(modules));
    Process process = new ProcessBuilder(setUp).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!Files.exists(base.resolve(is("jetty-distribution") ? "start.ini" : "start.d"))) {
      throw new IOException("no Jetty base was made:\n" + said);
    }
    return base;
  }

  private List<String> jetty(Path base) {
    return List.of(
        "-jar", home.resolve("start.jar").toString(), "jetty.base=" + base, "jetty.http.port=0");
  }

  /** Before Jetty 12 there was but one servlet environment, whose modules were called by no name of its own. */
  private String named(String modules) {
    return is("jetty-home-12") ? modules : modules.replace("ee10-", "");
  }

  private Path war() {
    return built("war");
  }

  /** An unpacked WAR of the tests, in the namespace of this server. */
  Path built(String war) {
    boolean javax = is("tomcat-9") || is("jetty-distribution") || is("jetty-home-10");
    return TARGET.resolve(war + (javax ? "-javax" : "-jakarta"));
  }

  boolean isTomcat() {
    return is("tomcat");
  }

  /** Whether its name begins so. */
  boolean is(String start) {
    return toString().startsWith(start);
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  static void copy(Path from, Path to) throws IOException {
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
