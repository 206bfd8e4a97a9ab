package io.ostiary.tests.field;

import static org.assertj.core.api.Assertions.assertThat;

import io.ostiary.tests.contract.Answer;
import io.ostiary.tests.contract.Ask;
import io.ostiary.tests.contract.Installation;
import io.ostiary.tests.contract.PolicyFile;
import io.ostiary.tests.contract.ServerProcess;
import io.ostiary.tests.contract.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The agent that comes to a server at work. */
class LateAttachTest {

  private static final Ask KEYLESS = Ask.of("POST", "/openai/x").json("{\"model\":\"qwen-max\"}");

  /** Pitfalls 2 and 63: from the next call on it is guarded, and once. */
  @ParameterizedTest
  @MethodSource("io.ostiary.tests.field.Server#kinds")
  void guards_a_server_that_has_served_already(Server kind) throws Exception {
    Path policy = PolicyFile.write(PolicyFile.class, "contract.properties");
    try (ServerProcess server = ServerProcess.start(kind.withoutGuard())) {
      assertThat(ask(server).status()).isEqualTo(200);

      Said first = attach(server.pid(), policy);
      assertThat(first.text()).contains("is guarded: ");
      assertThat(first.exit()).isZero();
      assertThat(ask(server).status()).isEqualTo(401);

      Said second = attach(server.pid(), policy);
      assertThat(second.exit()).isOne();
      assertThat(second.text()).contains("is guarded already, by policy " + policy);
    }
  }

  /** Of a JVM that takes no agents late, and of none at all. */
  @ParameterizedTest
  @CsvSource({"true, Dynamic agent loading is not enabled", "false, No such process"})
  void says_why_it_cannot_and_what_to_do(boolean runs, String why) throws Exception {
    Path policy = PolicyFile.write(PolicyFile.class, "contract.properties");
    try (ServerProcess server = unwilling()) {
      Said said = attach(runs ? server.pid() : 4_194_305, policy);

      assertThat(said.exit()).isOne();
      assertThat(said.text())
          .startsWith("ostiary: cannot attach to process ")
          .contains(why, "-javaagent:ostiary-agent.jar=FILE instead");
      assertThat(ask(server).status()).isEqualTo(200);
    }
  }

  private static ServerProcess unwilling() throws IOException {
    return ServerProcess.start(
        Server.tomcat11().withoutGuard(), List.of("-XX:-EnableDynamicAgentLoading"));
  }

  /** What the operator's shell has in its environment the server need not have. */
  @Test
  void an_attempt_that_failed_is_not_in_the_way_of_the_next() throws Exception {
    Path good = PolicyFile.write(PolicyFile.class, "contract.properties");
    Path bad = good.resolveSibling("bad.properties");
    Files.writeString(bad, Files.readString(good) + "errors.normalise = ${LATE_ATTACH}\n");
    try (ServerProcess server = ServerProcess.start(Server.tomcat11().withoutGuard())) {
      Said first = attach(server.pid(), bad, Map.of("LATE_ATTACH", "none"));
      assertThat(first.exit()).isOne();
      assertThat(first.text()).contains("own standard error says more");
      assertThat(server.outputWith("LATE_ATTACH"))
          .contains("cannot guard, the policy has problems");
      assertThat(ask(server).status()).isEqualTo(200);

      assertThat(attach(server.pid(), good).exit()).isZero();
      assertThat(ask(server).status()).isEqualTo(401);
    }
  }

  @Test
  void says_what_keeps_a_process_from_being_guarded() throws Exception {
    Path policy = PolicyFile.write(PolicyFile.class, "contract.properties");
    Path off = policy.resolveSibling("off.properties");
    Files.writeString(off, Files.readString(policy) + "mode = off\n");
    List<String> disabled = List.of("-Dostiary.agent.enabled=false");
    try (ServerProcess server = ServerProcess.start(Server.tomcat11().withoutGuard(), disabled)) {
      Said said = attach(server.pid(), policy);

      assertThat(said.exit()).isOne();
      assertThat(said.text()).contains("runs with -Dostiary.agent.enabled=false");
    }
    try (ServerProcess server = ServerProcess.start(Server.tomcat11().withoutGuard())) {
      assertThat(attach(server.pid(), off).text()).endsWith("/11.0.25 (mode = off)\n");
      assertThat(ask(server).status()).isEqualTo(200);
    }
  }

  private static Answer ask(ServerProcess server) throws IOException {
    try (Wire wire = new Wire(server.port())) {
      return wire.send(KEYLESS.bytes()).answerTo("POST");
    }
  }

  /** What the command has said by its end. */
  private record Said(int exit, String text) {}

  private static Said attach(long pid, Path policy) throws IOException, InterruptedException {
    return attach(pid, policy, Map.of());
  }

  private static Said attach(long pid, Path policy, Map<String, String> environment)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-jar", Installation.builtAgent().toString(), "attach"));
    command.addAll(List.of(Long.toString(pid), policy.toString()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Said(process.waitFor(), text);
  }
}
