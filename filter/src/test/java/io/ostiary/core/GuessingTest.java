package io.ostiary.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Guessing keys costs, and costs nobody else. */
class GuessingTest {

  private static final String POLICY =
      """
      key.failures = rpm 6 burst 3
      trusted-proxies = 10.0.0.1
      route.chat.paths = /v1/chat/completions
      route.chat.dialect = openai
      key.acme.sha256 = %s
      key.other.sha256 = %s
      key.gone.sha256 = %s
      key.gone.state = revoked
      key.past.sha256 = %s
      key.past.expires = 2020-01-01T00:00:00Z
      key.watched.sha256 = %s
      key.watched.mode = observe
      """
          .formatted(
              Policies.sha256("acme"),
              Policies.sha256("other"),
              Policies.sha256("gone"),
              Policies.sha256("past"),
              Policies.sha256("watched"));

  private final GuardedService service = new GuardedService(POLICY);

  private static Request chat(String key, String from) {
    return Request.chat("m", 4, 1).key(key).from(from);
  }

  private void exhaust(String from) {
    for (int i = 0; i < 3; i++) {
      assertThat(service.refusal(chat("guess-" + i, from))).isEqualTo(Reason.KEY_UNKNOWN);
    }
  }

  @Test
  void refuses_an_address_that_has_failed_too_often_whatever_key_comes() {
    exhaust("192.0.2.1");
    for (String key : new String[] {"guess", "acme", "gone", "past"}) {
      Decision.Reject reject = service.reject(chat(key, "192.0.2.1").header("x-request-id", "a"));
      assertThat(reject.reason()).isEqualTo(Reason.FAILURES_EXCEEDED);
      assertThat(reject.refusal().status()).isEqualTo(429);
      assertThat(GuardedService.body(reject))
          .isEqualTo(
              GuardedService.body(
                  service.reject(chat("x", "192.0.2.1").header("x-request-id", "a"))))
          .doesNotContain("192.0.2.1");
    }
    service.admit(chat("acme", "192.0.2.2"));
  }

  /** H1. */
  @Test
  void says_after_what_time_a_lone_caller_is_heard_again() {
    exhaust("192.0.2.1");
    Refusal refusal = service.reject(chat("acme", "192.0.2.1")).refusal();
    assertThat(refusal.headers())
        .contains(new Header("Retry-After", "10"), new Header("retry-after-ms", "10000"));
    service.pass(9_999);
    assertThat(service.refusal(chat("acme", "192.0.2.1"))).isEqualTo(Reason.FAILURES_EXCEEDED);
    service.pass(1);
    service.admit(chat("acme", "192.0.2.1"));
  }

  @ParameterizedTest
  @CsvSource({
    "2001:db8:1:2::1,   2001:db8:1:2:ffff::9, true",
    "2001:db8:1:2::1,   2001:db8:1:3::1,      false",
    "192.0.2.1,         ::ffff:192.0.2.1,     true",
    "192.0.2.1,         192.0.2.0,            false",
  })
  void takes_all_of_an_ipv6_64_for_one_address(String one, String other, boolean same) {
    exhaust(one);
    Decision decision = service.judge(chat("acme", other));
    assertThat(decision instanceof Decision.Reject).isEqualTo(same);
  }

  @Test
  void counts_against_the_client_that_a_trusted_proxy_names() {
    for (int i = 0; i < 5; i++) {
      service.reject(chat("g", "10.0.0.1").header("X-Forwarded-For", "192.0.2.1"));
    }
    assertThat(service.refusal(chat("acme", "10.0.0.1").header("X-Forwarded-For", "192.0.2.1")))
        .isEqualTo(Reason.FAILURES_EXCEEDED);
    service.admit(chat("acme", "10.0.0.1").header("X-Forwarded-For", "192.0.2.2"));
    service.admit(chat("acme", "10.0.0.1"));
  }

  /** Behind a proxy that nobody has named all clients are one address, and one of them must not lock the others out. */
  @Test
  void lets_keys_in_that_are_known_at_the_address() {
    service.admit(chat("acme", "192.0.2.1"));
    exhaust("192.0.2.1");
    service.admit(chat("acme", "192.0.2.1"));
    assertThat(service.refusal(chat("other", "192.0.2.1"))).isEqualTo(Reason.FAILURES_EXCEEDED);

    service.reload(POLICY + "models = any\n");
    service.admit(chat("acme", "192.0.2.1"));
    assertThat(service.refusal(chat("other", "192.0.2.1"))).isEqualTo(Reason.FAILURES_EXCEEDED);
  }

  @Test
  void a_known_key_that_is_revoked_is_known_no_more() {
    service.admit(chat("acme", "192.0.2.1"));
    exhaust("192.0.2.1");
    service.reload(POLICY + "key.acme.state = revoked\n");
    for (int i = 0; i < 20; i++) {
      assertThat(service.refusal(chat("acme", "192.0.2.1")))
          .isIn(Reason.KEY_UNKNOWN, Reason.FAILURES_EXCEEDED);
    }
  }

  @Test
  void revoked_and_expired_keys_cost_what_unknown_ones_cost() {
    service.reject(chat("gone", "192.0.2.1"));
    service.reject(chat("past", "192.0.2.1"));
    service.reject(chat("guess", "192.0.2.1"));
    assertThat(service.refusal(chat("guess", "192.0.2.1"))).isEqualTo(Reason.FAILURES_EXCEEDED);
  }

  @Test
  void what_is_no_guess_costs_nothing() {
    for (int i = 0; i < 10; i++) {
      assertThat(service.refusal(Request.chat("m", 4, 1).from("192.0.2.1")))
          .isEqualTo(Reason.KEY_MISSING);
      service.refusal(chat("a b", "192.0.2.1"));
      service.refusal(chat("guess", "192.0.2.1").header("x-api-key", "other"));
    }
    service.admit(chat("acme", "192.0.2.1"));
  }

  @Test
  void refuses_nobody_whose_key_is_only_observed() {
    exhaust("192.0.2.1");
    service.admit(chat("watched", "192.0.2.1"));
  }

  @Test
  void counts_nothing_where_it_is_switched_off() {
    GuardedService off = new GuardedService(POLICY.replace("rpm 6 burst 3", "off"));
    for (int i = 0; i < 500; i++) {
      assertThat(off.refusal(chat("guess", "192.0.2.1"))).isEqualTo(Reason.KEY_UNKNOWN);
    }
  }

  /**
   * K8: a million random keys from as many addresses, or with {@code -Dostiary.guesses=10000000} ten, and the guesser who was
   * refused before them still is.
   */
  @Test
  void forgets_no_guesser_and_no_budget_over_a_million_random_keys() {
    int guesses = Integer.getInteger("ostiary.guesses", 1_000_000);
    GuardedService preset =
        new GuardedService(
            POLICY.replace("rpm 6 burst 3", "rpd 1 burst 3") + "key.acme.limits = rpd 1\n");
    preset.admit(chat("acme", "203.0.113.1"));
    for (int i = 0; i < 3; i++) {
      preset.refusal(chat("g" + i, "203.0.113.2"));
    }
    SplittableRandom random = new SplittableRandom(8);
    collect();
    long before = used();
    for (int i = 0; i < guesses; i++) {
      preset.guard.arrive(chat("sk-" + random.nextLong(), Address.ipv4(random.nextInt()).text()));
    }
    collect();
    assertThat(used() - before).isLessThan(2 << 20);
    assertThat(preset.refusal(chat("g", "203.0.113.2"))).isEqualTo(Reason.FAILURES_EXCEEDED);
    assertThat(preset.refusal(chat("acme", "203.0.113.1"))).isEqualTo(Reason.RPD_EXCEEDED);
  }

  private static void collect() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
  }

  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
