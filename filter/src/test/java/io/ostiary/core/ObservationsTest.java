package io.ostiary.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What the operator reads of calls that are refused: enough to answer for each kind, and never a flood. */
class ObservationsTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final String POLICY =
      """
      route.chat.paths = /v1/chat/completions
      route.chat.dialect = modelarts
      route.chat.model = body model
      route.files.paths = /files/**
      key.acme.sha256 = %s
      key.acme.limits = rpm 2
      key.away.sha256 = %s
      key.away.ips = 203.0.113.0/24
      key.seen.sha256 = %s
      key.seen.mode = observe
      key.seen.limits = rpm 1
      """
          .formatted(
              Policies.sha256("sk-acme"), Policies.sha256("sk-away"), Policies.sha256("sk-seen"));

  private final AtomicLong nanos = new AtomicLong(-3);
  private final PolicyFolder.RecordedLog log = new PolicyFolder.RecordedLog();
  private final Guard guard =
      new Guard(Policies.parse(POLICY), nanos::get, () -> 1_795_000_000_000L, log);

  @Test
  void a_refusal_is_told_with_all_that_answers_why() {
    judge(chat().key("sk-acme"));
    judge(chat().key("sk-acme"));
    assertThat(log.lines).isEmpty();

    Decision.Reject refused = (Decision.Reject) judge(chat().key("sk-acme"));

    assertThat(log.lines)
        .containsExactly(
            "info refused with 429 RPM_EXCEEDED, key acme, path /v1/chat/completions, limit 2 requests per minute, request "
                + requestId(refused)
                + "; such calls since the last such line: 1");
    assertThat(GuardedService.body(refused)).contains(requestId(refused));
  }

  @Test
  void an_address_is_told_and_the_id_that_the_caller_gave() {
    judge(chat().key("sk-away").from("198.51.100.7").header("x-span-id", "4711"));

    assertThat(log.lines)
        .containsExactly(
            "info refused with 401 ADDRESS_NOT_ALLOWED, key away, path /v1/chat/completions, from 198.51.100.7, request 4711"
                + "; such calls since the last such line: 1");
  }

  @Test
  void the_address_of_one_who_guesses_is_told() {
    judge(chat().key("sk-wrong").from("198.51.100.7"));

    assertThat(log.lines)
        .singleElement()
        .asString()
        .contains("KEY_UNKNOWN, no known key, path /v1/chat/completions, from 198.51.100.7, ");
  }

  @Test
  void the_end_of_a_burst_is_counted_when_no_other_call_comes() {
    for (int call = 0; call < 5; call++) {
      judge(chat().key("sk-acme"));
      judge(chat().key("sk-seen"));
    }
    assertThat(log.lines).hasSize(2);
    nanos.addAndGet(9_999_999_999L);
    guard.tellTheRest();
    assertThat(log.lines).hasSize(2);

    nanos.addAndGet(1);
    guard.tellTheRest();
    guard.tellTheRest();

    assertThat(log.lines.subList(2, log.lines.size()))
        .containsExactly(
            "info refused: RPM_EXCEEDED; such calls since the last such line: 2",
            "info observed, would be refused: RPM_EXCEEDED; such calls since the last such line: 3");
    nanos.addAndGet(10_000_000_000L);
    guard.tellTheRest();
    assertThat(log.lines).hasSize(4);
  }

  @Test
  void a_caller_writes_no_line_of_its_own_and_no_long_one() {
    judge(Request.post("/v1/chat/completions;" + "x".repeat(9_000), "{}").key("sk-wrong"));
    judge(Request.get("/files/%e2%80%ae%e2%80%a8" + "y".repeat(9_000)));
    judge(Request.get("/v1/chat/completions%0a").header("x-span-id", "a\nostiary: fine"));

    assertThat(log.lines).hasSize(3).allMatch(line -> line.length() < 400);
    assertThat(log.lines.get(1)).contains(" KEY_MISSING, no known key, path /files/??yyyy");
    assertThat(log.lines.get(2))
        .contains(" PATH_AMBIGUOUS, no known key, path /v1/chat/completions%0a, request ")
        .doesNotContain("fine");
  }

  /** K1, K8: the keys of an attack fill no log, and stand in none. */
  @Test
  void a_million_wrong_keys_are_a_line_every_ten_seconds() {
    for (int second = 0; second < 100; second++) {
      for (int call = 0; call < 1_000; call++) {
        judge(chat().key("sk-wrong-" + call));
        nanos.addAndGet(1_000_000);
      }
    }

    List<String> unknown = lines("401 KEY_UNKNOWN, no known");
    List<String> refused = lines("429 FAILURES_EXCEEDED, no known");
    assertThat(unknown).hasSize(10).first().asString().endsWith("since the last such line: 1");
    assertThat(refused).hasSize(10).first().asString().endsWith("since the last such line: 1");
    assertThat(log.lines).hasSize(20);
    assertThat(log.lines).noneMatch(line -> line.contains("sk-wrong"));
  }

  private List<String> lines(String text) {
    return log.lines.stream().filter(line -> line.contains(text)).toList();
  }

  @Test
  void one_reason_does_not_silence_another() {
    judge(chat().key("sk-wrong"));
    judge(chat());
    judge(chat().key("sk-wrong"));

    assertThat(log.lines).hasSize(2);
    assertThat(log.lines.get(1)).contains("400 KEY_MISSING, no known key, path");
  }

  @Test
  void what_is_not_told_costs_no_memory() {
    Observations observations = new Observations(nanos::get, log);
    RequestPath path = RequestPath.of(HeadOnlyCall.to("/v1/chat"));
    refuse(observations, path, 10_000);

    long before = THREADS.getCurrentThreadAllocatedBytes();
    refuse(observations, path, 1_000_000);
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;

    assertThat(log.lines).hasSize(1);
    assertThat(allocated).as("bytes for a million refusals").isLessThan(10_000);
  }

  private static void refuse(Observations observations, RequestPath path, int times) {
    for (int i = 0; i < times; i++) {
      observations.refused(Reason.KEY_UNKNOWN, 401, Facts.NONE, null, path, "4711");
    }
  }

  @Test
  void what_is_only_observed_is_told_apart() {
    judge(chat().key("sk-seen"));
    judge(chat().key("sk-seen"));
    judge(chat().key("sk-seen"));
    nanos.addAndGet(10_000_000_000L);
    judge(chat().key("sk-seen"));

    assertThat(log.lines)
        .containsExactly(
            "info observed, would be refused: RPM_EXCEEDED, key seen, path /v1/chat/completions, limit 1 requests per minute"
                + "; such calls since the last such line: 1",
            "info observed, would be refused: RPM_EXCEEDED, key seen, path /v1/chat/completions, limit 1 requests per minute"
                + "; such calls since the last such line: 2");
  }

  @Test
  void a_log_that_fails_changes_no_answer() {
    Guard mute =
        new Guard(
            Policies.parse(POLICY),
            nanos::get,
            () -> 0,
            new Log() {
              @Override
              public void info(String message) {
                throw new IllegalStateException("the disk is full");
              }

              @Override
              public void warn(String message) {}

              @Override
              public void error(String message, Throwable cause) {}
            });

    assertThat(mute.arrive(chat()))
        .isInstanceOfSatisfying(
            Decision.Reject.class,
            refused -> assertThat(refused.reason()).isEqualTo(Reason.KEY_MISSING));
  }

  private Decision judge(Request request) {
    Decision decision = guard.arrive(request);
    return decision instanceof Decision.Proceed proceed
        ? guard.enter(proceed.arrival(), request, request)
        : decision;
  }

  private static Request chat() {
    return Request.chat("qwen-max", 4, 1);
  }

  private static String requestId(Decision.Reject refused) {
    return refused.refusal().headers().stream()
        .filter(header -> header.name().equals("x-span-id"))
        .map(Header::value)
        .findFirst()
        .orElseThrow();
  }
}
