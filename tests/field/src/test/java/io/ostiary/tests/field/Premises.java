package io.ostiary.tests.field;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ostiary.tests.contract.Installation;
import io.ostiary.tests.contract.PolicyFile;
import io.ostiary.tests.contract.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A distribution under the agent, set up with as many ways in as it has: two connectors, several contexts of which one does not start,
 * a second host, contexts that come later; and with an access log that is written at once.
 */
final class Premises implements AutoCloseable {

  /** A host besides the one that is asked by any name. */
  static final String OTHER_HOST = "other.example";

  private static final Pattern PORT =
      Pattern.compile(
          "\\[\"http-nio-auto-\\d+-(\\d+)\"\\]|Started (?:oejs\\.)?ServerConnector@.*\\{0\\.0\\.0\\.0:(\\d+)}");

  private final Distribution distribution;
  private final Path base;
  private final ServerProcess server;

  private Premises(Distribution distribution, Path base, ServerProcess server) {
    this.distribution = distribution;
    this.base = base;
    this.server = server;
  }

  /** Lays all of it down and starts it. */
  static Premises of(Distribution distribution) throws IOException {
    Path base =
        distribution.base(
            Distribution.MODULES + ",ee10-jsp,requestlog",
            Map.of(
                "ROOT", distribution.built("ways"),
                "other", distribution.built("page"),
                "broken", distribution.built("fails")));
    Path policy = PolicyFile.write(Premises.class, "everything.properties");
    List<String> agent = List.of("-javaagent:" + Installation.builtAgent() + "=" + policy);
    Premises premises;
    if (distribution.isTomcat()) {
      extendTomcat(distribution, base);
      premises = new Premises(distribution, base, distribution.start(base, agent));
    } else {
      String second = extendJetty(distribution, base);
      premises =
          new Premises(
              distribution,
              base,
              distribution.start(base, agent, "jetty.deploy.scanInterval=1", second));
    }
    premises.server.port();
    return premises;
  }

  private static void extendTomcat(Distribution distribution, Path base) throws IOException {
    Path file = base.resolve("conf/server.xml");
    String second = "<Connector port=\"0\" protocol=\"HTTP/1.1\" />";
    String host =
        "<Host name=\"" + OTHER_HOST + "\" appBase=\"elsewhere\" startStopThreads=\"1\"></Host>";
    Files.writeString(
        file,
        Files.readString(file)
            .replace("<Engine ", second + "<Engine backgroundProcessorDelay=\"1\" ")
            .replace("</Engine>", host + "</Engine>")
            .replace("prefix=\"localhost_access_log\"", "buffered=\"false\" prefix=\"access\""));
    Path there = Files.createDirectories(base.resolve("elsewhere/ROOT"));
    Distribution.copy(distribution.built("page"), there);
  }

  /** Answers the argument by which its start learns of the second connector. */
  private static String extendJetty(Distribution distribution, Path base) throws IOException {
    Files.writeString(
        Files.createDirectories(base.resolve("etc")).resolve("second.xml"),
        """
        <!DOCTYPE Configure PUBLIC "-//Jetty//Configure//EN" "https://www.eclipse.org/jetty/configure_9_3.dtd">
        <Configure id="Server" class="org.eclipse.jetty.server.Server">
          <Call name="addConnector">
            <Arg>
              <New class="org.eclipse.jetty.server.ServerConnector">
                <Arg><Ref refid="Server" /></Arg>
              </New>
            </Arg>
          </Call>
        </Configure>
        """);
    boolean core = distribution.is("jetty-home-12");
    String hosts =
        core
            ? "<Call class=\"java.util.List\" name=\"of\"><Arg>%s</Arg></Call>"
            : "<Array type=\"String\"><Item>%s</Item></Array>";
    Files.writeString(
        base.resolve("webapps/elsewhere.xml"),
        """
        <!DOCTYPE Configure PUBLIC "-//Jetty//Configure//EN" "https://www.eclipse.org/jetty/configure_9_3.dtd">
        <Configure class="org.eclipse.jetty.%swebapp.WebAppContext">
          <Set name="contextPath">/</Set>
          <Set name="war">%s</Set>
          <Set name="virtualHosts">%s</Set>
        </Configure>
        """
            .formatted(
                core ? "ee10." : "",
                distribution.built("page").toAbsolutePath(),
                hosts.formatted(OTHER_HOST)));
    return base.resolve("etc/second.xml").toString();
  }

  ServerProcess server() {
    return server;
  }

  /** Where it listens, in the order in which it says so. */
  List<Integer> ports() {
    Matcher matcher = PORT.matcher(server.output());
    return matcher
        .results()
        .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
        .map(Integer::valueOf)
        .distinct()
        .toList();
  }

  /** Puts a context down beside the others while it runs. */
  void deploy(String name) throws IOException {
    Path app = Files.createDirectories(base.resolve("webapps").resolve(name));
    Distribution.copy(distribution.built("page"), app);
  }

  /** All that the access log has so far. */
  String accessLog() throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> logs = Files.list(base.resolve("logs"))) {
      for (Path log : (Iterable<Path>) logs::iterator) {
        String name = log.getFileName().toString();
        if (name.startsWith("access") || name.contains("request")) {
          all.append(Files.readString(log, UTF_8));
        }
      }
    }
    return all.toString();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
