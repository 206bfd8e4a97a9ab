package io.ostiary.tests.field;

import static org.assertj.core.api.Assertions.assertThat;

import io.ostiary.tests.contract.Answer;
import io.ostiary.tests.contract.Ask;
import io.ostiary.tests.contract.Installation;
import io.ostiary.tests.contract.PolicyFile;
import io.ostiary.tests.contract.ServerProcess;
import io.ostiary.tests.contract.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Debian's Tomcat and Jetty start as packaged, by their own scripts, with only the option for the JVM added: P3. With {@code -Pmatrix}
 * alone, and on Debian and its likes.
 */
class DebianTest {

  private static final Path TARGET = Path.of(System.getProperty("servers")).getParent();

  @TempDir private Path directory;

  @BeforeEach
  void only_in_the_matrix() {
    Assumptions.assumeFalse(Server.oldest().isEmpty(), "only with -Pmatrix");
  }

  /** As its unit for systemd does: what {@code /etc/default/tomcat10} says, and then {@code catalina.sh run}. */
  @Test
  void tomcat10_is_guarded_as_packaged() throws Exception {
    DebianPackages packages = DebianPackages.of("tomcat10");
    // What the package's own script puts into /etc and /var when it is installed.
    Distribution.copy(packages.at("/usr/share/tomcat10/etc"), conf());
    Path server = directory.resolve("conf/server.xml");
    Files.writeString(
        server,
        Files.readString(server).replace("\"8080\"", "\"0\"").replace("\"8005\"", "\"-1\""));
    for (String folder : List.of("logs", "temp", "work")) {
      Files.createDirectories(directory.resolve(folder));
    }
    Distribution.copy(
        TARGET.resolve("war-jakarta"), Files.createDirectories(directory.resolve("webapps/ROOT")));
    Map<String, String> environment = new HashMap<>(java("JAVA_OPTS"));
    environment.put("CATALINA_HOME", packages.at("/usr/share/tomcat10").toString());
    environment.put("CATALINA_BASE", directory.toString());
    environment.put("CATALINA_TMPDIR", directory.resolve("temp").toString());
    String script = packages.at("/usr/share/tomcat10/bin/catalina.sh").toString();

    assertGuarded(
        ServerProcess.startBy("sh", environment, List.of(script, "run"), Distribution.TOMCAT),
        "Apache Tomcat/10.1.");
  }

  /** As its unit for systemd does: what {@code /etc/default/jetty9} says, and then {@code jetty.sh run}. */
  @Test
  void jetty9_is_guarded_as_packaged() throws Exception {
    DebianPackages packages = DebianPackages.of("jetty9");
    packages.leadClassPath("/usr/share/jetty9/start.jar");
    Files.createDirectories(packages.at("/var/log/jetty9"));
    Path root = packages.at("/var/lib/jetty9/webapps/ROOT");
    if (!Files.exists(root)) {
      Distribution.copy(TARGET.resolve("war-javax"), Files.createDirectories(root));
    }
    Map<String, String> environment = new HashMap<>(java("JAVA_OPTIONS"));
    environment.put("JETTY_HOME", packages.at("/usr/share/jetty9").toString());
    environment.put("JETTY_STATE", directory.resolve("jetty.state").toString());
    environment.put("JETTY_RUN", directory.toString());
    environment.put("JETTY_ARGS", "jetty.http.port=0");
    environment.put("TMPDIR", directory.toString());
    String script = packages.at("/usr/share/jetty9/bin/jetty.sh").toString();

    assertGuarded(
        ServerProcess.startBy("bash", environment, List.of(script, "run"), Distribution.JETTY),
        "jetty/9.4.");
  }

  private Path conf() throws IOException {
    return Files.createDirectories(directory.resolve("conf"));
  }

  private static Map<String, String> java(String options) throws IOException {
    Path policy = PolicyFile.write(PolicyFile.class, "contract.properties");
    String home = System.getProperty("java.home");
    return Map.of(
        "JAVA_HOME",
        home,
        "JAVA",
        Path.of(home, "bin", "java").toString(),
        options,
        "-Djava.awt.headless=true -javaagent:" + Installation.builtAgent() + "=" + policy);
  }

  private static void assertGuarded(ServerProcess started, String server) throws IOException {
    try (started) {
      assertThat(ask(started, "nobody").status()).isEqualTo(401);
      Answer answer = ask(started, "acme");
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text()).contains("你好🙂");
      assertThat(started.output())
          .contains("ostiary: guarding " + server)
          .doesNotContain("ostiary: ERROR", "ostiary: WARNING");
    }
  }

  private static Answer ask(ServerProcess server, String key) throws IOException {
    Ask ask = Ask.of("POST", "/openai/x").key(key).json("{\"model\":\"qwen-max\"}");
    try (Wire wire = new Wire(server.port())) {
      return wire.send(ask.bytes()).answerTo("POST");
    }
  }
}
