package io.ostiary.tests.field;

import static org.assertj.core.api.Assertions.assertThat;

import io.ostiary.tests.contract.Answer;
import io.ostiary.tests.contract.Ask;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pitfall 8: a server on which handlers of Jetty 12's core stand beside servlets guards the calls of both, once. */
class JettyMixedTest {

  private static Ask ask(String path, String key, String json) {
    return Ask.of("POST", path).key(key).json(json);
  }

  @ParameterizedTest
  @MethodSource("io.ostiary.tests.field.Server#mixed")
  void guards_core_handlers_and_servlets_alike(Server kind) throws IOException {
    try (CoreServer server = CoreServer.start(kind, true)) {
      for (String path : List.of("/core/head", "/app/x")) {
        assertThat(server.ask(ask(path, "acme", "{\"model\":\"gpt-7\"}")).status()).isEqualTo(404);
        assertThat(server.ask(ask(path, "nobody", "{}")).status()).isEqualTo(401);
      }
      assertThat(server.ask(ask("/core/head", "acme", "{\"model\":\"team-a\"}")).text())
          .contains("Content-Length: 20");
      Answer echoed = server.ask(ask("/app/x", "acme", "{\"model\":\"team-a\",\"x\":\"你好\"}"));
      assertThat(echoed.text()).isEqualTo("{\"model\":\"qwen-max\",\"x\":\"你好\"}");
      assertThat(echoed.type()).isEqualTo("application/json;charset=utf-8");
      Ask failing = ask("/app/x", "acme", "{\"model\":\"qwen-max\"}").header("X-Fail", "yes");
      assertThat(server.ask(failing).text()).startsWith("{\"error\":{");
      List<Integer> statuses = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        statuses.add(server.ask(ask("/app/x", "rpm", "{\"model\":\"qwen-max\"}")).status());
      }
      assertThat(statuses).containsExactly(200, 200, 429);
      server.awaitNothingHeld();
    }
  }
}
