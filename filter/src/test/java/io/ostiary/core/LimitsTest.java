package io.ostiary.core;

import static io.ostiary.core.GuardedService.answer;
import static io.ostiary.core.GuardedService.body;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** What the limits give, and that a refusal costs nothing. */
class LimitsTest {

  private static final String HEAD =
      """
      route.chat.paths = /v1/chat/completions
      route.chat.dialect = modelarts
      route.chat.model = body model
      key.a.sha256 = %s
      key.b.sha256 = %s
      """
          .formatted(Policies.sha256("sk-a"), Policies.sha256("sk-b"));

  private static GuardedService limited(String... lines) {
    return new GuardedService(HEAD + String.join("\n", lines));
  }

  private static Request call(String key) {
    return Request.chat("qwen-max", 4, 1).key(key);
  }

  /** A call whose text is 200 bytes (50 tokens) and that may answer with 400. */
  private static Request priced() {
    return Request.chat("qwen-max", 200 - 3, 400).key("sk-a");
  }

  private static boolean isAdmitted(GuardedService service, Request request) {
    return service.judge(request) instanceof Decision.Admit;
  }

  /** H5. */
  @Test
  void names_the_configured_number_in_the_vendors_words() {
    GuardedService qps = limited("limits.l = qps 2", "key.a.limits = l");
    GuardedService rpm = limited("limits.l = rpm 1", "key.a.limits = l");
    GuardedService tpm = limited("limits.l = tpm 100", "key.a.limits = l");
    qps.admit(call("sk-a"));
    qps.admit(call("sk-a"));
    rpm.admit(call("sk-a"));
    tpm.admit(Request.chat("m", 4, 90).key("sk-a"));

    assertThat(body(qps.reject(call("sk-a"))))
        .contains("ModelArts.81101")
        .contains("Too many requests, the rate limit is 2 times per second.");
    assertThat(body(rpm.reject(call("sk-a"))))
        .contains("Too many requests, the rate limit is 1 times per minute.");
    assertThat(body(tpm.reject(Request.chat("m", 4, 90).key("sk-a"))))
        .contains("Too many requests, the rate limit is 100 tokens per minute.");
  }

  /** R1: 1,000 times 64 threads make 61 calls at one moment. */
  @Test
  void admits_exactly_the_burst_however_many_come_at_once() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(64);
    try {
      for (int repetition = 0; repetition < 1_000; repetition++) {
        GuardedService service = limited("limits.l = rpm 60", "key.a.limits = l");
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Boolean>> answers = new ArrayList<>();
        for (int i = 0; i < 61; i++) {
          answers.add(
              pool.submit(
                  () -> {
                    start.await();
                    return isAdmitted(service, call("sk-a"));
                  }));
        }
        start.countDown();
        int admitted = 0;
        for (Future<Boolean> answer : answers) {
          admitted += answer.get() ? 1 : 0;
        }
        assertThat(admitted).isEqualTo(60);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  /** R2, on a smaller number of schedules: no interval ever sees more than its burst and what time has refilled. */
  @Test
  void never_gives_more_than_burst_and_refill_in_any_interval() {
    RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
    for (int schedule = 0; schedule < 200; schedule++) {
      GuardedService service = limited("limits.l = rpm 60 burst 5", "key.a.limits = l");
      List<Long> admitted = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        service.pass(random.nextInt(0, 3) == 0 ? random.nextInt(0, 3_000) : 0);
        if (isAdmitted(service, call("sk-a"))) {
          admitted.add(service.nanos.get());
        }
      }
      for (int from = 0; from < admitted.size(); from++) {
        for (int to = from; to < admitted.size(); to++) {
          double seconds = (admitted.get(to) - admitted.get(from)) / 1e9;
          assertThat(to - from + 1).isLessThanOrEqualTo((int) Math.floor(5 + seconds + 1e-9));
        }
      }
    }
  }

  /** R3. */
  @Test
  void keeps_fractions_of_a_token() {
    GuardedService service = limited("limits.l = rpm 60", "key.a.limits = l");
    while (isAdmitted(service, call("sk-a"))) {
      // Until empty.
    }
    int admitted = 0;
    for (int poll = 0; poll < 40; poll++) {
      service.pass(1_500);
      admitted += isAdmitted(service, call("sk-a")) ? 1 : 0;
    }
    int left = 0;
    while (isAdmitted(service, call("sk-a"))) {
      left++;
    }
    assertThat(admitted).isEqualTo(40);
    assertThat(left).isEqualTo(20);
  }

  /** R4: whichever budget refuses, all the others are left as they were. */
  @Test
  void a_refusal_by_any_limit_leaves_every_other_untouched() {
    String[] places = {
      "key.a.limits = %s",
      "key.a.limits.qwen-* = %s",
      "model.qwen-max.limits = %s",
      "service.limits = %s"
    };
    for (String tight : places) {
      for (String roomy : places) {
        if (tight.equals(roomy)) {
          continue;
        }
        GuardedService service =
            limited(
                "limits.tight = rpm 1",
                "limits.roomy = qps 3, rpm 3, tpm 9",
                tight.formatted("tight"),
                roomy.formatted("roomy"));
        answer(service.admit(call("sk-a")), 3);
        for (int i = 0; i < 50; i++) {
          assertThat(service.refusal(call("sk-a"))).isEqualTo(Reason.RPM_EXCEEDED);
        }
        service.reload(
            HEAD
                + String.join(
                    "\n", "limits.roomy = qps 3, rpm 3, tpm 9", roomy.formatted("roomy")));
        service.admit(call("sk-a"));
        service.admit(call("sk-a"));
        assertThat(isAdmitted(service, call("sk-a"))).isFalse();
      }
    }
  }

  /** R4. */
  @Test
  void a_refused_call_of_950_tokens_leaves_900_at_900() {
    GuardedService service = limited("limits.l = tpm 1000", "key.a.limits = l");
    answer(service.admit(Request.chat("qwen-max", 1, 98).key("sk-a")), 100);
    assertThat(service.refusal(Request.chat("qwen-max", 1, 949).key("sk-a")))
        .isEqualTo(Reason.TPM_EXCEEDED);
    service.admit(Request.chat("qwen-max", 1, 899).key("sk-a"));
    assertThat(isAdmitted(service, Request.chat("qwen-max", 1, 1).key("sk-a"))).isFalse();
  }

  /** R5. */
  @Test
  void reserves_input_and_output_and_settles_to_what_the_answer_took() {
    GuardedService service = limited("limits.l = tpm 1000", "key.a.limits = l");
    Decision.Admit first = service.admit(priced());
    service.admit(priced());
    for (int i = 0; i < 3; i++) {
      assertThat(service.reject(priced()).refusal().status()).isEqualTo(429);
    }
    answer(first, 120);

    Decision.Reject sixth = service.reject(priced());

    assertThat(sixth.refusal().headers())
        .contains(new Header("retry-after-ms", "1200"), new Header("Retry-After", "2"));
    service.pass(1_199);
    assertThat(isAdmitted(service, priced())).isFalse();
    service.pass(1);
    service.admit(priced());
  }

  /** R5: 150 tokens of debt are waited for. */
  @Test
  void carries_what_was_used_beyond_the_reservation_as_a_debt() {
    GuardedService service = limited("limits.l = tpm 450", "key.a.limits = l");
    answer(service.admit(priced()), 600);

    Decision.Reject next = service.reject(priced());

    assertThat(next.refusal().headers()).contains(new Header("retry-after-ms", "80000"));
    service.pass(80_000);
    service.admit(priced());
  }

  /** R5. */
  @Test
  void a_refund_never_lifts_a_budget_above_its_burst() {
    GuardedService service = limited("limits.l = tpm 1000", "key.a.limits = l");
    Decision.Admit first = service.admit(priced());
    service.pass(60_000);
    answer(first, 1);
    service.admit(Request.chat("qwen-max", 1, 999).key("sk-a"));
    assertThat(isAdmitted(service, Request.chat("qwen-max", 1, 1).key("sk-a"))).isFalse();
  }

  /** R5. */
  @Test
  void refuses_at_once_and_for_good_what_never_fits() {
    GuardedService service = limited("limits.l = tpm 1000", "key.a.limits = l");
    Decision.Reject reject = service.reject(Request.chat("qwen-max", 1, 1_000).key("sk-a"));

    assertThat(reject.reason()).isEqualTo(Reason.TOKENS_NEVER_FIT);
    assertThat(reject.refusal().status()).isBetween(400, 499).isNotEqualTo(429);
    assertThat(reject.refusal().headers()).contains(new Header("x-should-retry", "false"));
    assertThat(reject.refusal().headers())
        .noneMatch(header -> header.name().equalsIgnoreCase("Retry-After"));
    assertThat(body(reject))
        .contains("1002")
        .contains("1000")
        .doesNotContain("9223372036854775807");
  }

  /** R5. */
  @Test
  void a_call_without_a_maximum_reserves_at_most_a_quarter_of_the_budget() {
    GuardedService service = limited("limits.l = tpm 100", "key.a.limits = l");
    Request prompt =
        Request.post(
            "/v1/chat/completions", "{\"model\":\"m\",\"prompt\":\"" + "x".repeat(79) + "\"}");
    service.admit(prompt.key("sk-a"));
  }

  /** R5: the case of a gateway that charged after the fact. */
  @Test
  void concurrent_calls_cannot_walk_through_a_token_budget() {
    GuardedService service = limited("limits.l = tpm 100", "key.a.limits = l");
    int charged = 0;
    for (int used : new int[] {58, 80, 175, 175, 175}) {
      if (service.judge(Request.chat("m", 16, used - 6).key("sk-a"))
          instanceof Decision.Admit admitted) {
        answer(admitted, used);
        charged += used;
      }
    }
    assertThat(charged).isLessThanOrEqualTo(100);
  }

  @Test
  void settles_once_whoever_closes_first() {
    GuardedService service = limited("limits.l = tpm 1000", "key.a.limits = l");
    Decision.Admit first = service.admit(Request.chat("qwen-max", 1, 899).key("sk-a"));
    answer(first, 100);
    first.lease().close(Outcome.ABORTED);
    first.lease().close(Outcome.COMPLETED);
    service.admit(Request.chat("qwen-max", 1, 897).key("sk-a"));
    assertThat(isAdmitted(service, Request.chat("qwen-max", 1, 8).key("sk-a"))).isFalse();
  }

  @Test
  void charges_nothing_for_an_error_of_the_app() {
    GuardedService service = limited("limits.l = tpm 1000", "key.a.limits = l");
    for (int i = 0; i < 5; i++) {
      Decision.Admit admitted = service.admit(Request.chat("qwen-max", 1, 900).key("sk-a"));
      admitted.lease().answer(500, "text/plain", null);
      admitted.lease().close(Outcome.FAILED);
    }
  }

  /** Or a client could have its tokens for nothing by asking for an upgrade that never comes. */
  @Test
  void charges_the_reservation_for_an_answer_that_nobody_sees() {
    GuardedService service = limited("limits.l = tpm 1000", "key.a.limits = l");
    service.admit(Request.chat("qwen-max", 1, 900).key("sk-a")).lease().close(Outcome.COMPLETED);

    assertThat(service.refusal(Request.chat("qwen-max", 1, 900).key("sk-a")))
        .isEqualTo(Reason.TPM_EXCEEDED);
  }

  /** P4, R4: the shell fails on an admitted call, and the app never sees it. */
  @Test
  void gives_all_back_of_a_call_that_is_cancelled() {
    GuardedService service = limited("limits.l = rpm 1, tpm 1000", "key.a.limits = l");
    for (int call = 1; call <= 5; call++) {
      Lease lease = service.admit(Request.chat("qwen-max", 1, 900).key("sk-a")).lease();
      lease.cancel();
      lease.cancel();
      lease.close(Outcome.FAILED);
    }
  }

  @Test
  void limits_by_endpoint_and_by_model_are_shared_between_keys() {
    GuardedService service =
        limited(
            "endpoint.team.model = qwen-max",
            "limits.one = rpm 1",
            "limits.two = rpm 2",
            "endpoint.team.limits = one",
            "model.qwen-max.limits = two");
    service.admit(Request.chat("team", 1, 1).key("sk-a"));
    assertThat(service.refusal(Request.chat("team", 1, 1).key("sk-b")))
        .isEqualTo(Reason.RPM_EXCEEDED);
    service.admit(call("sk-b"));
    assertThat(service.refusal(call("sk-a"))).isEqualTo(Reason.RPM_EXCEEDED);
    service.admit(Request.chat("other", 1, 1).key("sk-a"));
  }

  /** R13. */
  @Test
  void a_jump_of_the_wall_clock_changes_nothing() {
    GuardedService service = limited("limits.l = rpm 1", "key.a.limits = l");
    service.admit(call("sk-a"));
    service.millis.addAndGet(3_600_000);
    assertThat(isAdmitted(service, call("sk-a"))).isFalse();
    service.millis.addAndGet(-7_200_000);
    assertThat(isAdmitted(service, call("sk-a"))).isFalse();
    service.nanos.addAndGet(60_000_000_000L);
    service.admit(call("sk-a"));
  }

  /** K3, pitfall 66: a reload hands out no fresh quota, and a raised limit does not refill. */
  @Test
  void counts_survive_a_reload() {
    GuardedService service = limited("limits.l = rpm 3", "key.a.limits = l");
    service.admit(call("sk-a"));
    service.admit(call("sk-a"));
    service.admit(call("sk-a"));
    service.reload(HEAD + "limits.l = rpm 6\nkey.a.limits = l\n");
    assertThat(isAdmitted(service, call("sk-a"))).isFalse();
    service.reload(HEAD);
    service.reload(HEAD + "limits.l = rpm 6\nkey.a.limits = l\n");
    assertThat(isAdmitted(service, call("sk-a"))).isFalse();
    service.pass(10_000);
    service.admit(call("sk-a"));
    assertThat(isAdmitted(service, call("sk-a"))).isFalse();
  }

  /** K3: what was admitted before a reload settles on the budget it was drawn from. */
  @Test
  void a_lease_settles_across_a_reload() {
    GuardedService service = limited("limits.l = tpm 1000", "key.a.limits = l");
    Decision.Admit first = service.admit(Request.chat("qwen-max", 1, 899).key("sk-a"));
    service.reload(HEAD + "limits.l = tpm 1000 burst 1000\nkey.a.limits = l\n# changed");
    answer(first, 2);
    service.admit(Request.chat("qwen-max", 1, 900).key("sk-a"));
  }
}
