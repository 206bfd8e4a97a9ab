package io.ostiary.tests.field;

import static org.assertj.core.api.Assertions.assertThat;

import io.ostiary.tests.contract.Answer;
import io.ostiary.tests.contract.Ask;
import io.ostiary.tests.contract.Installation;
import io.ostiary.tests.contract.Jdk25;
import io.ostiary.tests.contract.PolicyFile;
import io.ostiary.tests.contract.ServerProcess;
import io.ostiary.tests.contract.Wire;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the agent does not do: say more than it has to, be there twice, or be there at all where it is switched off. */
class QuietTest {

  private static final Path SERVERS = Path.of(System.getProperty("servers")).resolve("newest");

  /** Pitfall 57: what is guarded by which file, each context, and nothing else, neither of ours nor of the JVM's. */
  @ParameterizedTest
  @CsvSource({
    "tomcat-11.0.25, 17",
    "tomcat-11.0.25, 25",
    "jetty-12.1.12-ee11, 17",
    "jetty-12.1.12-ee11, 25",
  })
  void nothing_is_said_but_what_is_guarded(String name, int java, @TempDir Path folder)
      throws Exception {
    Path jdk = java == 25 ? Jdk25.home() : home();
    Path status = folder.resolve("status");
    String without = said(name, jdk, List.of(), 200, null);
    List<String> options = List.of(agent(), "-Dostiary.agent.status=" + status);
    String with = said(name, jdk, options, 401, status);

    assertThat(with.lines().filter(line -> line.startsWith("ostiary: guarding "))).hasSize(2);
    assertThat(with.lines())
        .filteredOn(line -> line.startsWith("ostiary: "))
        .allMatch(QuietTest::isMeant);
    assertThat(warnings(with)).isEqualTo(warnings(without));
  }

  private static boolean isMeant(String line) {
    return line.startsWith("ostiary: guarding ") || line.contains(" refused with ");
  }

  /** Lines that a JVM, and not a server, writes of what it does not like. */
  private static List<String> warnings(String said) {
    return said.lines()
        .filter(
            line ->
                (line.startsWith("WARNING: ") && !line.contains("SecureRandom"))
                    || line.contains("VM warning")
                    || line.matches("\\[[0-9.]+s]\\[(warning|error)].*"))
        .toList();
  }

  /** Pitfall 68: it is not even looked at, so that a policy with problems does no harm; and it says that nothing is guarded. */
  @ParameterizedTest
  @ValueSource(strings = {"tomcat-11.0.25", "jetty-12.1.12-ee11"})
  void an_agent_that_is_switched_off_leaves_all_as_it_is(String name, @TempDir Path folder)
      throws Exception {
    Path log = folder.resolve("loaded.txt");
    String agent = "-javaagent:" + Installation.builtAgent() + "=" + folder.resolve("missing");
    List<String> options =
        List.of(agent, "-Dostiary.agent.enabled=false", "-Xlog:class+load:file=" + log);

    String said = said(name, home(), options, 200, null);

    assertThat(said)
        .containsOnlyOnce("ostiary: NOTHING IS GUARDED (ostiary.agent.enabled = false)");
    assertThat(Files.readString(log))
        .contains("io.ostiary.agent.hook.Agent ")
        .doesNotContain("io.ostiary.core.", "io.ostiary.agent.Weaver");
  }

  /** Pitfall 63: with the option and then by attaching, it is there once. */
  @Test
  void a_server_that_has_the_agent_takes_no_second_one() throws Exception {
    Path policy = PolicyFile.write(PolicyFile.class, "contract.properties");
    try (ServerProcess server = start("tomcat-11.0.25", home(), List.of(agent(), agent()))) {
      Process attaching =
          new ProcessBuilder(
                  home().resolve("bin/java").toString(),
                  "-jar",
                  Installation.builtAgent().toString(),
                  "attach",
                  Long.toString(server.pid()),
                  policy.toString())
              .redirectErrorStream(true)
              .start();
      String told = new String(attaching.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(attaching.waitFor()).isOne();
      assertThat(told).contains("is guarded already, by policy ");
      assertThat(ask(server).status()).isEqualTo(401);
      assertThat(server.output()).containsOnlyOnce("ostiary: guarding Apache Tomcat/11.0.25 by");
      assertThat(server.output()).containsOnlyOnce("ostiary: already guarding; another");
    }
  }

  private static Path home() {
    return Path.of(System.getProperty("java.home"));
  }

  private static String agent() throws IOException {
    Path policy = PolicyFile.write(PolicyFile.class, "contract.properties");
    return "-javaagent:" + Installation.builtAgent() + "=" + policy;
  }

  /**
   * What a server has said by the time that it has answered a call, and the watch over the hooks has looked.
   *
   * @param status the file that tells of the hooks, or {@code null} where nobody looks at them
   */
  private static String said(String name, Path jdk, List<String> options, int code, Path status)
      throws IOException {
    try (ServerProcess server = start(name, jdk, options)) {
      Answer answer = ask(server);
      assertThat(answer.status()).isEqualTo(code);
      assertThat(answer.header("x-request-id") == null).isEqualTo(code == 200);
      try (Wire wire = new Wire(server.port())) {
        assertThat(wire.send(Ask.get("/open/hits").bytes()).answer().status()).isEqualTo(200);
      }
      if (status != null) {
        awaitLook(status);
      }
      return server.output();
    }
  }

  private static void awaitLook(Path status) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    long armed = 0;
    while (armed < 2 && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      armed =
          Files.readString(status)
              .lines()
              .skip(1)
              .filter(line -> line.endsWith(" = armed"))
              .count();
    }
  }

  private static ServerProcess start(String name, Path jdk, List<String> options)
      throws IOException {
    Path server = SERVERS.resolve(name);
    List<String> command = new ArrayList<>(options);
    // Or there would be a part of it to speak of.
    command.add("-Dapp.rewrites=false");
    String classPath =
        server.resolve("classes") + File.pathSeparator + server.resolve("lib") + "/*";
    command.addAll(List.of("-cp", classPath, Files.readString(server.resolve("main.txt")).strip()));
    command.addAll(List.of("none", "0"));
    return ServerProcess.startOn(jdk, command);
  }

  private static Answer ask(ServerProcess server) throws IOException {
    Ask ask = Ask.of("POST", "/openai/x").json("{\"model\":\"qwen-max\"}");
    try (Wire wire = new Wire(server.port())) {
      return wire.send(ask.bytes()).answerTo("POST");
    }
  }
}
