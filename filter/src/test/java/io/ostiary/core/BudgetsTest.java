package io.ostiary.core;

import static io.ostiary.core.GuardedService.answer;
import static io.ostiary.core.GuardedService.call;
import static io.ostiary.core.GuardedService.limited;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Budgets of every sort, and what callers are told of them. */
class BudgetsTest {

  private static Map<String, String> told(List<Header> headers) {
    Map<String, String> told = new LinkedHashMap<>();
    headers.forEach(header -> assertThat(told.put(header.name(), header.value())).isNull());
    return told;
  }

  private static void answerWith(Decision.Admit admitted, long input, long output) {
    byte[] json =
        ("{\"usage\":{\"prompt_tokens\":" + input + ",\"completion_tokens\":" + output + "}}")
            .getBytes(StandardCharsets.UTF_8);
    admitted.lease().answer(200, "application/json", null);
    admitted.lease().meter(json, 0, json.length);
    admitted.lease().close(Outcome.COMPLETED);
  }

  @Test
  void input_and_output_have_budgets_of_their_own() {
    GuardedService service = limited("limits.l = itpm 10, otpm 100");
    answerWith(service.admit(call(60)), 2, 10);
    answerWith(service.admit(call(90)), 8, 90);
    assertThat(service.refusal(call(1))).isEqualTo(Reason.ITPM_EXCEEDED);
    service.pass(12_000);
    assertThat(service.refusal(call(60))).isEqualTo(Reason.OTPM_EXCEEDED);
    service.admit(call(20));
  }

  @Test
  void a_day_refills_evenly() {
    GuardedService service = limited("limits.l = rpd 24");
    for (int i = 0; i < 24; i++) {
      service.admit(call(1));
    }
    Decision.Reject refused = service.reject(call(1));
    assertThat(refused.reason()).isEqualTo(Reason.RPD_EXCEEDED);
    // An hour is too long for the clients' patience: they are told not to try again by themselves.
    assertThat(told(refused.refusal().headers()))
        .containsEntry("Retry-After", "3600")
        .containsEntry("x-should-retry", "false");
    service.pass(3_600_000);
    service.admit(call(1));
    assertThat(service.refusal(call(1))).isEqualTo(Reason.RPD_EXCEEDED);
  }

  @Test
  void tokens_of_a_day_are_settled_too() {
    GuardedService service = limited("limits.l = tpd 100");
    answer(service.admit(call(90)), 40);
    answer(service.admit(call(50)), 60);
    assertThat(service.refusal(call(1))).isEqualTo(Reason.TPD_EXCEEDED);
  }

  /** R5: an app that tells nonsense puts its caller into debt, for however long, and breaks nothing. */
  @ParameterizedTest
  @ValueSource(strings = {"tpd 1", "tpd 10k", "tpm 1", "tpm 10", "tpm 1000", "tpm 100, tpd 1"})
  void a_debt_beyond_all_measure_is_a_debt(String limits) {
    GuardedService service = limited("limits.l = " + limits);
    for (int i = 0; i < 3; i++) {
      service.pass(86_400_000);
      Decision decision = service.judge(Request.chat("m", 1, 0).key("sk-a"));
      assertThat(decision instanceof Decision.Admit).isEqualTo(i == 0);
      if (decision instanceof Decision.Admit admitted) {
        answerWith(admitted, Long.MAX_VALUE, Long.MAX_VALUE);
      } else {
        Map<String, String> told = told(((Decision.Reject) decision).refusal().headers());
        assertThat(told).containsEntry("x-should-retry", "false");
        assertThat(told.values()).noneMatch(value -> value.contains("9223372036854775807"));
      }
    }
    assertThat(service.failures).isEmpty();
  }

  /** R5: every answer that is generated costs, be it sent or not. */
  @ParameterizedTest
  @CsvSource({"n,10,32", "best_of,10,32", "n,11,35"})
  void reserves_for_every_choice(String field, int choices, int reserved) {
    GuardedService service = limited("limits.l = tpm 100");
    String json =
        "{\"model\":\"m\",\"prompt\":\"xxxx\",\"max_tokens\":3,\"%s\":%d}"
            .formatted(field, choices);
    Decision.Admit admitted = service.admit(Request.post("/v1/chat/completions", json).key("sk-a"));
    assertThat(told(admitted.headers()))
        .containsEntry("x-ratelimit-remaining-tokens", String.valueOf(100 - reserved));
  }

  /** R5: wherever the vendors' APIs name the maximum and the number of answers. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'max_tokens':30                                               | 30",
        "'max_completion_tokens':30,'n':2                              | 60",
        "'max_output_tokens':30                                        | 30",
        "'maxOutputTokens':30                                          | 30",
        "'parameters':{'max_tokens':30,'n':3}                          | 90",
        "'generationConfig':{'maxOutputTokens':30,'candidateCount':3}  | 90",
      })
  void reserves_what_any_vendor_s_request_may_cost(String named, int output) {
    GuardedService service = limited("limits.l = otpm 1000");
    String json = "{\"model\":\"m\"," + named.replace('\'', '"') + "}";
    service.admit(Request.post("/v1/chat/completions", json).key("sk-a"));
    assertThat(service.refusal(call(1000 - output + 1))).isEqualTo(Reason.OTPM_EXCEEDED);
    service.admit(call(1000 - output));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1025", "1.5", "1e308", "\"2\"", "[2]", "true"})
  void refuses_a_number_of_answers_that_makes_no_sense(String choices) {
    for (String json : new String[] {"\"n\":%s", "\"best_of\":%s", "\"parameters\":{\"n\":%s}"}) {
      Request request =
          Request.post("/v1/chat/completions", "{\"model\":\"m\"," + json.formatted(choices) + "}")
              .key("sk-a");
      assertThat(limited("limits.l = tpm 1000").refusal(request)).isEqualTo(Reason.FIELD_INVALID);
    }
  }

  /** R5: where no model is looked for in it, a body without a type is read as text by the app, if at all. */
  @ParameterizedTest
  @CsvSource({",100", "text/plain,100", "image/png,1"})
  void estimates_a_body_that_is_no_json_by_its_type(@Nullable String type, int input) {
    GuardedService service =
        limited("limits.l = itpm 1000", "route.any.paths = /any", "route.any.dialect = openai");
    Request request = Request.unlabelled("/any", "x".repeat(400)).key("sk-a");
    service.admit(type == null ? request : request.header("Content-Type", type));
    assertThat(service.refusal(Request.chat("m", 4 * (1001 - input) - 3, 0).key("sk-a")))
        .isEqualTo(Reason.ITPM_EXCEEDED);
    service.admit(Request.chat("m", 4 * (1000 - input) - 3, 0).key("sk-a"));
  }

  /** R5: a default is never more than its share of the budget. */
  @Test
  void a_default_takes_the_share_that_the_operator_allows() {
    String json = "{\"model\":\"m\",\"prompt\":\"xxx\"}";
    Request request = Request.post("/v1/chat/completions", json).key("sk-a");
    assertThat(told(limited("limits.l = tpm 1000").admit(request).headers()))
        .containsEntry("x-ratelimit-remaining-tokens", String.valueOf(1000 - 1 - 250));
    assertThat(
            told(
                limited("limits.l = tpm 1000", "route.chat.default-output-share = 60%")
                    .admit(request)
                    .headers()))
        .containsEntry("x-ratelimit-remaining-tokens", String.valueOf(1000 - 1 - 600));
  }

  /** R5: a budget of requests says nothing of how long an answer may be. */
  @Test
  void a_default_takes_its_share_of_a_token_budget_alone() {
    Request request =
        Request.post("/v1/chat/completions", "{\"model\":\"m\",\"prompt\":\"xxx\"}").key("sk-a");
    assertThat(told(limited("limits.l = qps 2, rpm 4, tpm 1000").admit(request).headers()))
        .containsEntry("x-ratelimit-remaining-tokens", String.valueOf(1000 - 1 - 250));
  }

  /** R5: bodies are left as they are, unless the operator says so. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"model\":\"m\"}               | {\"max_tokens\":250,\"model\":\"m\"}",
        " { \"n\":2, \"model\":\"m\" }     | ` {\"max_tokens\":125, \"n\":2, \"model\":\"m\" }`",
        "{\"model\":\"m\",\"max_tokens\":3} | {\"model\":\"m\",\"max_tokens\":3}",
        "{\"model\":\"m\",\"max_completion_tokens\":null} | {\"model\":\"m\",\"max_completion_tokens\":null}",
      })
  void gives_a_call_the_maximum_that_is_reserved_if_the_operator_says_so(
      String sent, String received) {
    Request request = Request.post("/v1/chat/completions", sent).key("sk-a");
    GuardedService enforcing =
        limited("limits.l = tpm 1000", "route.chat.enforce-output = max_tokens");
    assertThat(Objects.requireNonNull(enforcing.admit(request).body()).stream())
        .hasContent(received.strip());
    assertThat(
            Objects.requireNonNull(limited("limits.l = tpm 1000").admit(request).body()).stream())
        .hasContent(sent.strip());
  }

  /** R2: 10⁶ schedules. */
  @Test
  void no_interval_sees_more_than_burst_and_refill() {
    RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
    long[] now = {1};
    Limit limit = new Limit(Limit.Kind.RPM, 60, 5);
    long[] admitted = new long[24];
    for (int schedule = 0; schedule < 1_000_000; schedule++) {
      Meter meter = new Meters(() -> now[0]).binding().bind("s", List.of(limit))[0];
      int count = 0;
      for (int i = 0; i < admitted.length; i++) {
        now[0] += random.nextInt(3) == 0 ? random.nextLong(3_000_000_000L) : 0;
        if (meter.draw(1) != Meter.REFUSED) {
          admitted[count++] = now[0];
        }
      }
      for (int from = 0; from < count; from++) {
        for (int to = from + 5; to < count; to++) {
          long refilled = (admitted[to] - admitted[from]) / 1_000_000_000L;
          if (to - from + 1 > 5 + refilled) {
            throw new AssertionError((to - from + 1) + " within " + refilled + " s");
          }
        }
      }
    }
  }

  /** H1: 1,000 of 1,000 lone callers that wait exactly as long as they are told are admitted, and not a millisecond sooner. */
  @Test
  void a_caller_that_waits_as_long_as_told_is_admitted() {
    RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
    for (int i = 0; i < 1_000; i++) {
      int rate = random.nextInt(1, 5_000);
      GuardedService service =
          limited("limits.l = rpm %d burst %d, tpm %d".formatted(rate, 1 + rate / 7, rate + 50));
      Request request = call(random.nextInt(1, 48));
      Decision decision = service.judge(request);
      while (decision instanceof Decision.Admit) {
        service.pass(random.nextInt(3));
        decision = service.judge(request);
      }
      Map<String, String> told = told(((Decision.Reject) decision).refusal().headers());
      long millis = Long.parseLong(told.get("retry-after-ms"));
      assertThat(told)
          .containsEntry("Retry-After", String.valueOf(Math.max(1, (millis + 999) / 1000)));
      service.pass(millis - 1);
      assertThat(service.judge(request)).isInstanceOf(Decision.Reject.class);
      service.pass(1);
      service.admit(request);
    }
  }

  /** H2. */
  @Test
  void tells_what_is_left_after_the_reservation() {
    GuardedService service = limited("limits.l = qps 5, rpm 60 burst 20, tpm 6k");
    Decision.Admit first = service.admit(call(98));
    assertThat(told(first.headers().subList(1, first.headers().size())))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "x-ratelimit-limit-requests", "5",
                "x-ratelimit-remaining-requests", "4",
                "x-ratelimit-reset-requests", "200ms",
                "x-ratelimit-limit-tokens", "6000",
                "x-ratelimit-remaining-tokens", "5900",
                "x-ratelimit-reset-tokens", "1s"));
  }

  /** H2: also on a refusal, once the key is known, and not before. */
  @Test
  void tells_them_on_refusals_of_a_known_key_alone() {
    GuardedService service = limited("limits.l = rpm 60", "models = m");
    Map<String, String> unknownModel =
        told(service.reject(Request.chat("other", 1, 1).key("sk-a")).refusal().headers());
    assertThat(unknownModel).containsEntry("x-ratelimit-remaining-requests", "60");
    Map<String, String> unknownKey =
        told(service.reject(Request.chat("m", 1, 1).key("sk-b")).refusal().headers());
    assertThat(unknownKey.keySet()).noneMatch(name -> name.startsWith("x-ratelimit"));
  }

  @Test
  void tells_nothing_where_that_is_switched_off() {
    GuardedService service = limited("limits.l = rpm 60, tpm 100", "headers.rate-limit = false");
    assertThat(service.admit(call(1)).headers())
        .extracting(Header::name)
        .containsExactly("x-request-id");
  }

  /** H3. */
  @Test
  void speaks_anthropics_form_in_its_dialect() {
    GuardedService service =
        limited("limits.l = rpm 60, itpm 100, otpm 1k", "route.chat.dialect = anthropic");
    assertThat(told(service.admit(call(100)).headers()))
        .containsEntry("anthropic-ratelimit-requests-limit", "60")
        .containsEntry("anthropic-ratelimit-requests-remaining", "59")
        .containsEntry("anthropic-ratelimit-requests-reset", "2026-11-18T11:06:41Z")
        .containsEntry("anthropic-ratelimit-input-tokens-remaining", "98")
        .containsEntry("anthropic-ratelimit-output-tokens-remaining", "900")
        .doesNotContainKey("x-ratelimit-limit-requests");
  }

  @ParameterizedTest
  @CsvSource({
    "0,0s",
    "1,1ms",
    "12000000,12ms",
    "999000001,1s",
    "1000000000,1s",
    "1500000000,1.5s",
    "1023000000,1.023s",
    "60000000000,1m0s",
    "360000000000,6m0s",
    "3600000000000,1h0m0s",
    "86399999000000,23h59m59.999s",
    "1010000000,1.01s"
  })
  void writes_durations_as_go_does(long nanos, String text) {
    assertThat(BudgetHeaders.duration(nanos)).isEqualTo(text);
  }
}
