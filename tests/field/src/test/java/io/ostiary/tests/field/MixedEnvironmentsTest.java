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
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One Jetty 12 with apps of two servlet APIs. */
class MixedEnvironmentsTest {

  private static final String MODULES = "server,http,ee8-deploy,ee8-webapp,ee10-deploy,ee10-webapp";

  /** Pitfall 9: each is guarded by a shell of its own namespace, and said to be once. */
  @Test
  void apps_of_javax_and_of_jakarta_are_guarded_side_by_side() throws IOException {
    Distribution jetty = Distribution.of("jetty-home-12.1.12");
    Path wars = jetty.built("war").getParent();
    Path base =
        jetty.base(
            MODULES, Map.of("old", wars.resolve("war-javax"), "new", wars.resolve("war-jakarta")));
    Files.writeString(base.resolve("webapps/old.properties"), "environment=ee8\n");
    Files.writeString(base.resolve("webapps/new.properties"), "environment=ee10\n");
    Path policy = PolicyFile.write(MixedEnvironmentsTest.class, "mixed.properties");
    String agent = "-javaagent:" + Installation.builtAgent() + "=" + policy;
    try (ServerProcess server = jetty.start(base, List.of(agent))) {
      assertGuarded(server, "/old", "io.ostiary.servlet.javax.");
      assertGuarded(server, "/new", "io.ostiary.servlet.jakarta.");
      assertThat(server.outputWith(" context /new"))
          .containsOnlyOnce(" context /old")
          .containsOnlyOnce(" context /new");
    }
  }

  private static void assertGuarded(ServerProcess server, String context, String shell)
      throws IOException {
    assertThat(ask(server, context, "nobody").status()).isEqualTo(401);
    Answer answer = ask(server, context, "acme");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).contains("你好🙂");
    assertThat(answer.header("X-Request-Class")).startsWith(shell);
  }

  private static Answer ask(ServerProcess server, String context, String key) throws IOException {
    Ask ask = Ask.of("POST", context + "/v1/chat/completions").key(key);
    try (Wire wire = new Wire(server.port())) {
      return wire.send(ask.json("{\"model\":\"qwen-max\"}").bytes()).answerTo("POST");
    }
  }
}
