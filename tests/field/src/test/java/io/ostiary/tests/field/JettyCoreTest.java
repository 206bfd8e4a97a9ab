package io.ostiary.tests.field;

import static org.assertj.core.api.Assertions.assertThat;

import io.ostiary.tests.contract.Answer;
import io.ostiary.tests.contract.Ask;
import io.ostiary.tests.contract.ServerProcess;
import io.ostiary.tests.contract.Wire;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Handlers of Jetty 12's core, of whose calls the agent judges the head. */
class JettyCoreTest {

  /** Pitfall 8. */
  @ParameterizedTest
  @MethodSource("io.ostiary.tests.field.Server#core")
  void judges_the_head_of_a_call_and_says_that_it_judges_no_more(Server kind) throws IOException {
    try (ServerProcess server = ServerProcess.start(kind.withAgent())) {
      assertThat(answer(server, Ask.of("POST", "/openai/x")).status()).isEqualTo(401);
      assertThat(answer(server, Ask.of("POST", "/openai/x").key("nobody")).status()).isEqualTo(401);
      assertThat(answer(server, Ask.of("POST", "/openai/x").key("acme")).text())
          .isEqualTo("{\"model\":\"qwen-max\"}");
      try (Wire wire = new Wire(server.port())) {
        Ask large = Ask.of("POST", "/small/x").key("acme");
        assertThat(wire.send(large.headDeclaring(100_000)).answer().status()).isEqualTo(413);
      }

      String warning = "THE HEAD ALONE IS JUDGED";
      assertThat(server.outputWith(warning)).containsOnlyOnce(warning);
    }
  }

  private static Answer answer(ServerProcess server, Ask ask) throws IOException {
    Ask call = ask.json("{\"model\":\"qwen-max\"}");
    try (Wire wire = new Wire(server.port())) {
      return wire.send(call.bytes()).answerTo(call.method());
    }
  }
}
