package io.ostiary.tests.field;

import static org.assertj.core.api.Assertions.assertThat;

import io.ostiary.tests.contract.Ask;
import io.ostiary.tests.contract.Installation;
import io.ostiary.tests.contract.PolicyFile;
import io.ostiary.tests.contract.ServerProcess;
import io.ostiary.tests.contract.Wire;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Jetty's {@code start.jar} where it runs the server in a JVM of its own. */
class SecondJvmTest {

  private static final String HINT = "THE SERVER IS NOT GUARDED: Jetty's start.jar runs it";

  private final Distribution jetty = Distribution.of("jetty-home-12.1.12");

  /** Pitfall 3: on the module path, with the option in the environment; and the JVM that only waits says nothing of it. */
  @Test
  void a_server_on_the_module_path_is_guarded_by_the_environment() throws IOException {
    Map<String, String> environment =
        Map.of("JAVA_TOOL_OPTIONS", agent() + " -Dostiary.agent.warn-after=3");
    try (ServerProcess server = start(environment, List.of())) {
      assertThat(status(server)).isEqualTo(401);
      assertThat(server.output())
          .contains("ostiary: guarding jetty/")
          .doesNotContain("NOT GUARDED", "NOTHING IS GUARDED", "ostiary: ERROR");
    }
  }

  /** Pitfall 3: an option of the first JVM does not reach the second, which the first says within seconds, in one line. */
  @Test
  void an_option_of_the_first_jvm_alone_is_told_not_to_guard() throws IOException {
    try (ServerProcess server = start(Map.of(), List.of(agent(), "-Dostiary.agent.warn-after=4"))) {
      assertThat(status(server)).isEqualTo(200);
      assertThat(server.outputWithin(30, HINT))
          .containsOnlyOnce("ostiary: WARNING: " + HINT)
          .contains("set JAVA_TOOL_OPTIONS=-javaagent:")
          .doesNotContain("ostiary: guarding", "NOTHING IS GUARDED");
    }
  }

  private ServerProcess start(Map<String, String> environment, List<String> options)
      throws IOException {
    Path base = jetty.base(Distribution.MODULES, Map.of("ROOT", jetty.built("war")));
    ServerProcess server = jetty.start(environment, base, options, "--jpms");
    server.port();
    return server;
  }

  private static String agent() throws IOException {
    Path policy = PolicyFile.write(PolicyFile.class, "contract.properties");
    return "-javaagent:" + Installation.builtAgent() + "=" + policy;
  }

  private static int status(ServerProcess server) throws IOException {
    Ask ask = Ask.of("POST", "/openai/x").json("{\"model\":\"qwen-max\"}");
    try (Wire wire = new Wire(server.port())) {
      return wire.send(ask.bytes()).answerTo("POST").status();
    }
  }
}
