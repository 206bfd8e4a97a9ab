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
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The agent beside OpenTelemetry's, which rewrites some of the same classes; with {@code -Pmatrix} alone. */
class BesideAnotherAgentTest {

  private static final Path TARGET = Path.of(System.getProperty("servers")).getParent();
  private static final Path OTHER = TARGET.resolve("agents/opentelemetry-javaagent.jar");

  /** Pitfall 64: in either order the server starts, calls are guarded, and the traces still appear. */
  @ParameterizedTest
  @CsvSource({
    "tomcat-11.0.25, true",
    "tomcat-11.0.25, false",
    "jetty-12.1.12-ee11, true",
    "jetty-12.1.12-ee11, false",
    "jetty-10.0.26, true",
    "jetty-10.0.26, false",
  })
  void both_do_their_work(String name, boolean first) throws Exception {
    Assumptions.assumeTrue(Files.exists(OTHER), "only with -Pmatrix");
    try (ServerProcess server = start(TARGET.resolve("servers/newest").resolve(name), first)) {
      assertThat(ask(server, Ask.of("POST", "/openai/x")).status()).isEqualTo(401);
      assertThat(ask(server, Ask.of("POST", "/openai/x").key("acme")).status()).isEqualTo(200);

      assertThat(server.outputWith("http.response.status_code=200"))
          .contains("http.response.status_code=200")
          .doesNotContain("ostiary: ERROR");
    }
  }

  private static ServerProcess start(Path server, boolean first) throws IOException {
    Path policy = PolicyFile.write(PolicyFile.class, "contract.properties");
    List<String> command = new ArrayList<>();
    command.add("-javaagent:" + OTHER);
    command.add(first ? 0 : 1, "-javaagent:" + Installation.builtAgent() + "=" + policy);
    command.addAll(
        List.of(
            "-Dotel.traces.exporter=console",
            "-Dotel.metrics.exporter=none",
            "-Dotel.logs.exporter=none",
            "-cp",
            server.resolve("classes") + ":" + server.resolve("lib") + "/*",
            Files.readString(server.resolve("main.txt")).strip(),
            policy.toString(),
            "0"));
    return ServerProcess.start(command, Pattern.compile("LISTENING (\\d+)"));
  }

  private static Answer ask(ServerProcess server, Ask ask) throws IOException {
    Ask call = ask.json("{\"model\":\"qwen-max\"}");
    try (Wire wire = new Wire(server.port())) {
      return wire.send(call.bytes()).answerTo(call.method());
    }
  }
}
