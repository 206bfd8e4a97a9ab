package io.ostiary.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What calls cost, and that they are charged once, however they end: R4, R5, H1, H5. */
interface LimitContract extends Guarded {

  /** H1, H5. */
  @Test
  default void names_the_limit_per_second() throws Exception {
    List<Answer> answers = atOnce(6, () -> ask(Ask.chat("qps", "qwen-max")));
    Answer refused =
        answers.stream().filter(answer -> answer.status() == 429).findFirst().orElseThrow();
    assertThat(refused.text())
        .contains("ModelArts.81101")
        .contains("Too many requests, the rate limit is 2 times per second.");
    assertRetryAfter(refused);
  }

  /** H1, H5. */
  @Test
  default void names_the_limit_per_minute() throws IOException {
    assertThat(ask(Ask.chat("rpm", "qwen-max")).status()).isEqualTo(200);
    assertThat(ask(Ask.chat("rpm", "qwen-max")).status()).isEqualTo(200);
    Answer refused = ask(Ask.chat("rpm", "qwen-max"));
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.text()).contains("Too many requests, the rate limit is 2 times per minute.");
    assertRetryAfter(refused);
    assertThat(refused.closes()).isFalse();
  }

  private static void assertRetryAfter(Answer refused) {
    long millis = Long.parseLong(refused.header("retry-after-ms"));
    assertThat(millis).isPositive();
    assertThat(refused.header("Retry-After")).isEqualTo(Long.toString((millis + 999) / 1000));
  }

  /** R4: calls that can never fit, and calls for what is not there, leave the two requests a minute untouched. */
  @Test
  default void a_refusal_costs_nothing() throws IOException {
    for (int i = 0; i < 5; i++) {
      Ask tooDear = Ask.of("POST", "/v1/chat/completions").key("r4");
      assertThat(ask(tooDear.json("{\"model\":\"qwen-max\",\"max_tokens\":5000}")).status())
          .isEqualTo(400);
      assertThat(ask(Ask.chat("r4", "gpt-7")).status()).isEqualTo(404);
    }
    assertThat(ask(of1Token("r4")).status()).isEqualTo(200);
    assertThat(ask(of1Token("r4")).status()).isEqualTo(200);
    assertThat(ask(of1Token("r4")).status()).isEqualTo(429);
  }

  private static Ask of1Token(String key) {
    return Ask.of("POST", "/v1/chat/completions")
        .key(key)
        .header("X-Usage", 1)
        .json("{\"model\":\"qwen-max\",\"max_tokens\":1}");
  }

  /** R5, H5: 1,000 tokens a minute, 450 a call. */
  @Test
  default void of_five_calls_at_once_two_are_paid_for() throws Exception {
    List<Answer> answers = atOnce(5, () -> ask(Guarded.of450Tokens("r5").header("X-Usage", 450)));
    assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(2);
    assertThat(answers)
        .filteredOn(answer -> answer.status() == 429)
        .hasSize(3)
        .allSatisfy(
            answer ->
                assertThat(answer.text())
                    .contains("Too many requests, the rate limit is 1000 tokens per minute."));
  }

  /** R5: what was reserved and not used is given back, by whichever way the answer was written. */
  @ParameterizedTest
  @ValueSource(strings = {"stream", "writer", "charwise", "async", "async-given", "listener"})
  default void a_call_is_settled_by_the_usage_that_its_answer_tells(String way) throws IOException {
    for (int call = 1; call <= 5; call++) {
      // 1,000 are there, each call takes 120 in the end, and the fifth still finds its 450.
      Answer answer = askUntilSettled(way);
      assertThat(answer.status()).as("call %d", call).isEqualTo(200);
    }
  }

  private Answer askUntilSettled(String way) throws IOException {
    Ask ask = Guarded.of450Tokens("settle-" + way).header("X-Usage", 120).header("X-Write", way);
    if (way.startsWith("async")) {
      ask.header("X-End", way);
    } else if (way.equals("listener")) {
      ask.header("X-Read", way);
    }
    return askUntilAdmitted(ask);
  }

  /** R4: the reservation goes back when the app gives nothing for it. */
  @ParameterizedTest
  @ValueSource(strings = {"throw", "fail", "status", "send-error", "async-timeout"})
  default void a_call_that_ends_without_an_answer_is_given_back(String end) throws IOException {
    for (int call = 1; call <= 5; call++) {
      Answer answer = askUntilAdmitted(Guarded.of450Tokens("end-" + end).header("X-End", end));
      assertThat(answer.status()).as("call %d", call).isBetween(500, 503);
    }
  }

  private static List<Answer> atOnce(int count, Callable<Answer> call) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(count);
    try {
      List<Answer> answers = new ArrayList<>();
      for (Future<Answer> answer : threads.invokeAll(java.util.Collections.nCopies(count, call))) {
        answers.add(answer.get(30, TimeUnit.SECONDS));
      }
      return answers;
    } finally {
      threads.shutdownNow();
    }
  }
}
