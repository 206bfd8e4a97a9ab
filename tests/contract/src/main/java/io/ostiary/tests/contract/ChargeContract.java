package io.ostiary.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a call is charged once its answer is complete, to the token: R5, R7, R8, and pitfall 40. */
interface ChargeContract extends Guarded {

  /** R7, R8: whichever way the app writes, the answer arrives as it was written. */
  @ParameterizedTest
  @EnumSource(Played.class)
  default void an_answer_is_charged_what_it_tells(Played played) throws IOException {
    Budget budget = new Budget(this, "charge");
    for (String way :
        new String[] {"stream", "bytewise", "writer", "thread", "thread-writer", "listener"}) {
      Answer answer = ask(played.ask("charge").header("X-Via", way));
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text()).isEqualTo(played.text());
      budget.assertCharged(played.tokens(), played + " by " + way);
    }
  }

  /** R8, pitfall 40: flushed within characters, names, numbers and ends of lines. */
  @ParameterizedTest
  @EnumSource(Played.class)
  default void an_answer_split_at_every_byte_is_charged_the_same(Played played) throws IOException {
    Budget budget = new Budget(this, "charge");
    for (String way : new String[] {"stream", "listener"}) {
      Answer answer = ask(played.ask("charge").header("X-Via", way).header("X-Cut", 1));
      assertThat(answer.text()).isEqualTo(played.text());
      budget.assertCharged(played.tokens(), played + " by " + way);
    }
  }

  /** R5: the next call's headers tell what is left after its own reservation. */
  @Test
  default void the_next_call_is_told_what_is_left() throws IOException {
    long first = remaining(ask(Played.CHAT.ask("charge")));
    new Budget(this, "charge").assertCharged(0, "nothing since");
    long second = remaining(ask(Played.CHAT.ask("charge")));
    assertThat(first - second).isEqualTo(33);
  }

  private static long remaining(Answer answer) {
    return Long.parseLong(answer.header("x-ratelimit-remaining-tokens"));
  }

  /** R7: the client has asked for no usage, and gets none. */
  @Test
  default void a_stream_without_usage_on_request_is_charged_by_its_text() throws IOException {
    Budget budget = new Budget(this, "charge");
    String body =
        "{\"model\":\"qwen-max\",\"stream\":true,\"stream_options\":{\"include_usage\":false},\"prompt\":\"%s\"}";
    Ask ask = Played.CHAT_WITHOUT_USAGE.ask("charge");
    assertThat(ask(ask.body(body.formatted("x".repeat(400)))).status()).isEqualTo(200);
    budget.assertCharged(100 + 5, "text without usage");
  }

  /** What the app has compressed is passed on, and charged by its bytes, up to the reservation. */
  @Test
  default void an_answer_that_the_app_compressed_is_charged_by_its_bytes() throws IOException {
    Budget budget = new Budget(this, "charge");
    Answer answer = ask(Played.CHAT_AT_ONCE.ask("charge").header("X-Gzip", "yes"));
    assertThat(answer.header("Content-Encoding")).isEqualTo("gzip");
    assertThat(unzipped(answer)).isEqualTo(Played.CHAT_AT_ONCE.text());
    budget.assertCharged(100 + answer.body().length, "bytes");
  }

  /** The container compresses what the app wrote in the clear, and says so in the same header once the answer has begun. */
  @ParameterizedTest
  @CsvSource({
    "stream, application/json",
    "writer, application/json",
    "stream, text/event-stream",
    "thread, text/event-stream",
  })
  default void an_answer_that_the_container_compresses_is_charged_what_it_tells(
      String way, String type) throws IOException {
    Budget budget = new Budget(this, "charge");
    String text = type.endsWith("json") ? Played.CHAT_AT_ONCE.text() : Played.CHAT.text().repeat(3);
    Ask ask = Ask.play("/play/chat", "charge", text.replace("🙂", "🙂".repeat(200)));
    ask.header("Accept-Encoding", "gzip").header("X-Type", type);
    Answer answer = ask(ask.header("X-Via", way).header("X-Head-First", "yes"));
    if (type.endsWith("json")) {
      assertThat(answer.header("Content-Encoding")).isEqualTo("gzip");
      assertThat(unzipped(answer)).contains("🙂🙂");
    }
    budget.assertCharged(type.endsWith("json") ? 29 : 33, way);
  }

  private static String unzipped(Answer answer) throws IOException {
    try (var in = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** R7: an error of the app is free. */
  @Test
  default void an_error_is_charged_nothing() throws IOException {
    Budget budget = new Budget(this, "charge");
    for (int status : new int[] {400, 404, 429, 500, 503}) {
      Ask ask = Ask.play("/play/chat", "charge", "{\"error\":{\"message\":\"no\"}}");
      ask.header("X-Type", "application/json").header("X-Status", status);
      assertThat(ask(ask).status()).isEqualTo(status);
      budget.assertCharged(0, "status " + status);
    }
  }
}
