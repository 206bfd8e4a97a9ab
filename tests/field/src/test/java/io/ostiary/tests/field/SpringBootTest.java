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
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The agent before a Spring Boot app in one jar, on Tomcat and on Jetty (P3); with {@code -Pmatrix} alone. */
class SpringBootTest {

  private static final Path APPS = Path.of(System.getProperty("servers")).resolveSibling("boot");
  private static final Pattern LISTENS =
      Pattern.compile("(?:Tomcat|Jetty) started on ports?(?:\\(s\\):?)? (\\d+)");

  static List<Path> apps() throws IOException {
    if (!Files.isDirectory(APPS)) {
      return List.of();
    }
    try (Stream<Path> homes = Files.list(APPS)) {
      return homes.filter(home -> Files.exists(home.resolve("app.jar"))).sorted().toList();
    }
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("apps")
  void is_guarded_and_else_left_as_it_is(Path app) throws IOException {
    Path policy = PolicyFile.write(PolicyFile.class, "contract.properties");
    try (ServerProcess server =
        ServerProcess.start(
            List.of(
                "-javaagent:" + Installation.builtAgent() + "=" + policy,
                "-Xmx256m",
                "-jar",
                app.resolve("app.jar").toString(),
                "--server.port=0"),
            LISTENS)) {
      assertThat(ask(server, Ask.of("POST", "/openai/x")).status()).isEqualTo(401);

      Answer answer = ask(server, Ask.of("POST", "/openai/x").key("acme"));
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text()).contains("\"qwen-max\"", "\"你好\"");
      assertThat(ask(server, Ask.of("POST", "/openai/later").key("acme")).text())
          .isEqualTo("{\"model\":\"qwen-max\"}");
      assertThat(ask(server, Ask.of("POST", "/openai/events").key("acme")).text())
          .isEqualTo("data:你好🙂\n\ndata:[DONE]\n\n");

      Answer failed = ask(server, Ask.of("POST", "/openai/fails").key("acme"));
      assertThat(failed.status()).isEqualTo(500);
      assertThat(failed.type()).startsWith("application/json");
      assertThat(server.output()).contains("ostiary: guarding ").doesNotContain("ostiary: ERROR");
    }
  }

  private static Answer ask(ServerProcess server, Ask ask) throws IOException {
    Ask call = ask.json("{\"model\":\"qwen-max\"}");
    try (Wire wire = new Wire(server.port())) {
      return wire.send(call.bytes()).answerTo(call.method());
    }
  }
}
