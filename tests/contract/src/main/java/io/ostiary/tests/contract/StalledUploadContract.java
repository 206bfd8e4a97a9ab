package io.ostiary.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients that are refused while they send, and then stall: they get to see why, and hold nobody up. The agent alone can do that. */
public interface StalledUploadContract extends Guarded {

  /** More than a server has threads, as it comes. */
  int STALLED = 250;

  /**
   * Pitfalls 14 and 17: more clients than the server has threads declare much, send little, and stall, whether they are refused by what
   * their heads tell or by a limit that is used up. Left alone, each would hold a thread for a minute.
   */
  @ParameterizedTest
  @CsvSource({"401", "429"})
  default void clients_that_stall_do_not_keep_others_from_being_served(int status)
      throws IOException {
    Ask upload = Ask.of("POST", "/forms/x");
    if (status == 429) {
      upload.key("stalled");
      assertThat(ask(Ask.get("/forms/x").key("stalled")).status()).isNotEqualTo(status);
    }
    List<Wire> stalled = new ArrayList<>();
    for (int i = 0; i < STALLED; i++) {
      Wire wire = connect();
      stalled.add(wire.send(upload.headDeclaring(1_000_000)));
      wire.send(new byte[1000]);
    }
    long start = System.nanoTime();
    assertThat(ask(Ask.get("/open/hits")).status()).isEqualTo(200);
    assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start)).isLessThan(10);
    for (Wire wire : stalled) {
      Answer answer = wire.answerTo("POST");
      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.closes()).isTrue();
      wire.close();
    }
    assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start)).isLessThan(30);
  }
}
