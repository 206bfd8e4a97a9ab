package io.ostiary.tests.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients that wait and repeat must make of the guard's answers in their vendor's dialect. */
abstract class ClientContract extends CatalogueContract {

  /** Less than what tells 1.2 s from the 2 s of {@code Retry-After}. */
  private static final long SLACK_MILLIS = 600;

  /**
   * @param dialect the vendor's
   */
  ClientContract(String dialect) {
    super(dialect);
  }

  /** H1, H4: not after the client's own back-off, not after the whole seconds of Retry-After, and not in vain. */
  @ParameterizedTest
  @CsvSource({"pause, false", "pause-stream, true"})
  void repeats_a_refused_call_once_when_the_wait_is_over(String key, boolean stream)
      throws IOException {
    ask(chat("before-" + key, key));

    Told told = ask(chat(key, key).stream(stream));

    assertThat(told.error()).isNull();
    assertThat(statuses(key, 2)).containsExactly(429, 200);
    Visit refused = visits(key, 2).get(0);
    Visit repeated = visits(key, 2).get(1);
    assertThat(refused.retryAfterMillis()).isBetween(600L, 1200L);
    assertThat(repeated.beganMillis() - refused.beganMillis())
        .isBetween(refused.retryAfterMillis() - 1, refused.retryAfterMillis() + SLACK_MILLIS);
  }

  /** H4. */
  @Test
  void gives_up_at_once_when_the_wait_is_longer_than_a_minute() throws IOException {
    ask(chat("before-day", "day"));

    Told told = ask(chat("day", "day"));

    assertThat(told.error()).isEqualTo(client().errorOf(429));
    assertThat(statuses("day", 1)).containsExactly(429);
    assertThat(told.headers()).containsEntry("x-should-retry", "false");
    assertThat(Long.parseLong(told.headers().get("retry-after"))).isBetween(86_000L, 86_400L);
    assertThat(Long.parseLong(told.headers().get("retry-after-ms")))
        .isBetween(86_000_000L, 86_400_000L);
  }

  /** H4, R5: what can never be paid is no matter of time. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void gives_up_at_once_on_a_call_that_never_fits(boolean stream) throws IOException {
    String test = "never-" + stream;

    Told told = ask(chat(test, "small").maxTokens(5000).stream(stream));

    assertThat(told.error()).isEqualTo(client().errorOf(400));
    assertThat(told.status()).isEqualTo(400);
    assertThat(told.message()).contains("1000");
    assertThat(told.headers()).doesNotContainKeys("retry-after", "retry-after-ms");
    assertThat(statuses(test, 1)).containsExactly(400);
  }

  /** U1: the app left the charset to its container, which would have sent question marks. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void reads_an_answer_whole(boolean stream) throws IOException {
    Told told = ask(chat("whole-" + stream, "any").stream(stream));

    assertThat(told.error()).isNull();
    assertThat(told.text()).isEqualTo(ModelServlet.PIECE.repeat(ModelServlet.PIECES));
    assertThat(statuses("whole-" + stream, 1)).containsExactly(200);
  }

  /** R10: what came is there, and nobody takes it for all. */
  void assertStopped(Told told, String code, String type, String message) {
    assertThat(told.error()).isEqualTo(client().errorOfStream());
    assertThat(told.code()).isEqualTo(code);
    assertThat(told.type()).isEqualTo(type);
    assertThat(told.message()).contains(message);
    int pieces = told.text().length() / ModelServlet.PIECE.length();
    assertThat(pieces).isBetween(20, 200);
    assertThat(told.text()).isEqualTo(ModelServlet.PIECE.repeat(pieces));
  }
}
