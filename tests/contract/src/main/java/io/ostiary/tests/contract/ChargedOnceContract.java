package io.ostiary.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What holds where the guard was installed twice: it guards once (pitfall 11). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ChargedOnceContract implements Guarded {

  private final Installation installation;
  private ServerProcess server;

  protected ChargedOnceContract(Installation installation) {
    this.installation = installation;
  }

  @BeforeAll
  void start() throws IOException {
    server = ServerProcess.start(installation);
  }

  @AfterAll
  void stop() throws IOException {
    if (server != null) {
      server.close();
    }
  }

  @Override
  public ServerProcess server() {
    return server;
  }

  @Override
  public boolean judgesBeforeContinue() {
    return true;
  }

  @Override
  public boolean hearsTheHeadAlone() {
    return true;
  }

  @Test
  void a_call_is_charged_once() throws IOException {
    assertThat(ask(Ask.chat("rpm", "qwen-max")).status()).isEqualTo(200);
    assertThat(ask(Ask.chat("rpm", "qwen-max")).status()).isEqualTo(200);
    assertThat(ask(Ask.chat("rpm", "qwen-max")).status()).isEqualTo(429);
  }

  @Test
  void an_answer_is_metered_once() throws IOException {
    for (int call = 1; call <= 5; call++) {
      Answer answer = askUntilAdmitted(Guarded.of450Tokens("settle-stream").header("X-Usage", 120));
      assertThat(answer.status()).as("call %d", call).isEqualTo(200);
    }
  }

  @Test
  void a_refusal_is_written_once() throws IOException {
    Answer refused = ask(Ask.chat("narrow", "qwen-max"));
    assertThat(refused.status()).isEqualTo(401);
    assertThat(
            refused.head().stream()
                .filter(
                    line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("content-type:")))
        .hasSize(1);
  }
}
