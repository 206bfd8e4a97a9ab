package io.ostiary.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a call is charged whose app changes its mind in the middle of its answer: R6, R7. */
interface OrderContract extends Guarded {

  String EVENT = ExitContract.EVENT;

  private static Ask three(String way, String end) {
    return Ask.play("/play/chat", "order", EVENT.repeat(3))
        .header("X-Via", way)
        .header("X-Then", end);
  }

  /** R7: only what came after has left. */
  @ParameterizedTest
  @CsvSource({
    "stream, reset",
    "writer, reset",
    "stream, reset-buffer",
    "blind-writer, reset-buffer",
    "stream, status",
    "blind-writer, status",
    "stream, include",
    "blind-writer, include",
  })
  default void an_answer_that_begins_anew_is_charged_what_has_left(String way, String end)
      throws IOException {
    Budget budget = new Budget(this, "order");
    Answer answer = ask(three(way, end).header("X-Unflushed", "yes"));
    int events = answer.text().split(Pattern.quote(EVENT), -1).length - 1;
    if (end.equals("status")) {
      assertThat(answer.status()).isEqualTo(500);
      budget.assertCharged(0, end + " by " + way);
    } else {
      assertThat(events).isEqualTo(end.equals("include") ? 3 : 1);
      assertThat(answer.status()).isEqualTo(200);
      budget.assertCharged(100 + 2 * events, end + " by " + way);
    }
  }

  @Test
  default void an_answer_that_is_left_to_another_servlet_is_that_one_s() throws IOException {
    Budget budget = new Budget(this, "order");
    Ask ask = Ask.play("/play/chat", "order", "").header("X-Then", "forward");
    assertThat(ask(ask.header("X-Via", "blind-writer")).text()).contains("of the app");
    budget.assertCharged(7777, "forward");
  }

  /** R7: what has left cannot be taken back. */
  @ParameterizedTest
  @CsvSource({
    "stream, reset-in-vain, 4",
    "writer, reset-in-vain, 4",
    "stream, status, 3",
    "stream, include, 3"
  })
  default void an_answer_that_cannot_begin_anew_is_charged_all(String way, String end, int events)
      throws IOException {
    Budget budget = new Budget(this, "order");
    Answer answer = ask(three(way, end));
    assertThat(answer.text()).isEqualTo(EVENT.repeat(events));
    budget.assertCharged(100 + 2 * events, end + " by " + way);
  }

  @ParameterizedTest
  @ValueSource(strings = {"println", "format", "print"})
  default void an_answer_is_charged_by_whichever_method_it_was_written(String way)
      throws IOException {
    Budget budget = new Budget(this, "order");
    Answer answer = ask(three(way, "return"));
    assertThat(answer.text().replace("\r", "")).isEqualTo(EVENT.repeat(3));
    budget.assertCharged(100 + 2 * 3, way);
  }

  /** Of a client of another age. */
  @Test
  default void an_answer_in_http_1_0_is_charged_the_same() throws IOException {
    Budget budget = new Budget(this, "order");
    String ask = new String(three("stream", "return").bytes(), StandardCharsets.UTF_8);
    try (Wire wire = connect()) {
      Answer answer = wire.send(ask.replace("HTTP/1.1", "HTTP/1.0")).answer();
      assertThat(answer.text()).isEqualTo(EVENT.repeat(3));
    }
    budget.assertCharged(100 + 2 * 3, "HTTP/1.0");
  }

  /** H2: an error of the app's, or of the container, is an answer too. */
  @ParameterizedTest
  @CsvSource({
    "stream, throw",
    "stream, fail",
    "stream, model-failure",
    "stream, send-error",
    "stream, status",
    "thread, hang",
  })
  default void an_error_of_the_app_tells_the_budgets(String way, String end) throws IOException {
    Ask ask = Ask.play("/play/chat", "order", "").header("X-Via", way).header("X-Then", end);
    Answer answer = ask(ask);
    assertThat(answer.status()).isGreaterThanOrEqualTo(500);
    assertThat(answer.header("x-ratelimit-remaining-tokens")).as(end + answer).matches("\\d+");
  }
}
