package io.ostiary.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.ostiary.tests.contract.Answer;
import io.ostiary.tests.contract.Ask;
import io.ostiary.tests.contract.ServerProcess;
import io.ostiary.tests.contract.Wire;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The scoring sample as it is built and as its policy says to install it: the archive in {@code webapps}, the policy in {@code
 * conf}, and a Tomcat that has nothing else on its class path.
 */
class ScoringWarTest {

  private static final Path SAMPLE =
      Path.of(System.getProperty("basedir"), "../../samples/scoring");
  private static final Pattern ANNOUNCEMENT =
      Pattern.compile("Starting ProtocolHandler \\[\"http-nio-127\\.0\\.0\\.1-auto-1-(\\d+)\"]");

  private static ServerProcess server;

  @BeforeAll
  static void start(@TempDir Path base) throws IOException {
    copy(SAMPLE.resolve("target/scoring.war"), base.resolve("webapps/scoring.war"));
    copy(SAMPLE.resolve("ostiary.properties"), base.resolve("conf/ostiary.properties"));
    for (String name : List.of("server.xml", "web.xml")) {
      try (InputStream in = ScoringWarTest.class.getResourceAsStream("standalone/" + name)) {
        Files.copy(in, base.resolve("conf").resolve(name));
      }
    }
    server =
        ServerProcess.start(
            List.of(
                "-Dfile.encoding=US-ASCII",
                "-Dcatalina.home=" + base,
                "-Dcatalina.base=" + base,
                "-cp",
                tomcat(),
                "org.apache.catalina.startup.Tomcat"),
            ANNOUNCEMENT);
    server.port();
  }

  @AfterAll
  static void stop() throws IOException {
    if (server != null) {
      server.close();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    Files.copy(from, to);
  }

  private static String tomcat() {
    String all = System.getProperty("java.class.path");
    return Arrays.stream(all.split(File.pathSeparator))
        .filter(entry -> Path.of(entry).getFileName().toString().startsWith("tomcat-"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** U1: the servlet leaves the charset to Tomcat, whose choice is ISO-8859-1. */
  @ParameterizedTest
  @ValueSource(strings = {"demo-key-bank", "Bearer demo-key-bank"})
  void scores_with_a_key_and_leaves_chinese_intact(String authorization) throws IOException {
    Answer answer = ask(score(authorization));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.type()).isEqualTo("application/json;charset=utf-8");
    assertThat(answer.text())
        .isEqualTo("{\"risk\":\"低风险\",\"probability(低风险)\":0.97,\"probability(高风险)\":0.03}");
  }

  /** K7, in the words of PAI-EAS. */
  @ParameterizedTest
  @CsvSource({
    "demo-key-wrong,        Service authentication failed.",
    "Bearer demo-key-wrong, Service authentication failed.",
    "Basic YTpi,            Service authentication failed: ",
    ",                      Service authentication failed: no token was given in the Authorization header.",
  })
  void refuses_a_call_without_a_good_key(String authorization, String message) throws IOException {
    Answer answer = ask(score(authorization));

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.text())
        .startsWith("{\"error\":{\"message\":\"" + message)
        .contains("\"AuthenticationError\"");
  }

  /** A1, A2: this machine is not in the branch's network, whatever it says of itself. */
  @Test
  void refuses_a_key_from_elsewhere() throws IOException {
    Answer plain = ask(score("demo-key-branch"));
    Answer forged = ask(score("demo-key-branch").header("X-Forwarded-For", "203.0.113.10"));

    assertThat(List.of(plain.status(), forged.status())).containsOnly(403);
    assertThat(plain.text())
        .contains("The client address 127.0.0.1 is not on the allowlist of this token.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"demo-key-bank", "demo-key-branch", "demo-key-wrong"})
  void ping_is_open_to_everybody(String authorization) throws IOException {
    Ask ping = Ask.get("/scoring/ping").header("Authorization", authorization);

    assertThat(ask(Ask.get("/scoring/ping")).text()).isEqualTo("pong");
    assertThat(ask(ping).text()).isEqualTo("pong");
  }

  /** B1, B3. */
  @Test
  void refuses_a_body_that_is_too_large() throws IOException {
    Ask ask = Ask.of("POST", "/scoring/score").header("Authorization", "demo-key-bank");
    Answer answer = ask(ask.body(new byte[64 * 1024 + 1]));

    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.text()).contains("The request body is larger than the maximum of 64KiB.");
  }

  @Test
  void refuses_paths_that_the_policy_does_not_name() throws IOException {
    Answer answer = ask(Ask.get("/scoring/nowhere"));

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.text()).contains("Service not found: nothing is served at /scoring/nowhere.");
  }

  /** What the application itself refuses is left to it. */
  @Test
  void passes_the_errors_of_the_application_on() throws IOException {
    Ask ask = Ask.of("POST", "/scoring/score").header("Authorization", "demo-key-bank");
    Answer answer = ask(ask.json("{\"amount\":-1}"));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).startsWith("{\"error\":\"");
  }

  private static Ask score(String authorization) {
    Ask ask = Ask.of("POST", "/scoring/score").json("{\"amount\":10.0}");
    return authorization == null ? ask : ask.header("Authorization", authorization);
  }

  private static Answer ask(Ask ask) throws IOException {
    try (Wire wire = new Wire(server.port())) {
      return wire.send(ask.bytes()).answerTo(ask.method());
    }
  }
}
