package io.ostiary.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an admitted call is charged in the end, and that it is charged once. */
class SettlementTest {

  private static final int BUDGET = 100_000;

  private final GuardedService service = GuardedService.limited("limits.l = tpm " + BUDGET);

  /** A call of 50 tokens of input that may answer with 400. */
  private Decision.Admit call() {
    return service.admit(Request.chat("qwen-max", 200 - 3, 400).key("sk-a"));
  }

  /** What the budget has lost, as a call that never fits is told. */
  private long charged() {
    return charged(service, BUDGET);
  }

  private static long charged(GuardedService service, long budget) {
    Decision.Reject reject = service.reject(Request.chat("m", 1, (int) budget).key("sk-a"));
    assertThat(reject.reason()).isEqualTo(Reason.TOKENS_NEVER_FIT);
    return budget
        - Long.parseLong(header(reject.refusal().headers(), "x-ratelimit-remaining-tokens"));
  }

  private static String header(List<Header> headers, String name) {
    return headers.stream()
        .filter(header -> header.name().equals(name))
        .findFirst()
        .orElseThrow()
        .value();
  }

  private static void write(Lease lease, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    lease.meter(bytes, 0, bytes.length);
  }

  private static String event(String text) {
    return "data: {\"choices\":[{\"delta\":{\"content\":\"" + text + "\"}}]}\n\n";
  }

  /** R7; a charge of 50 is the input's, 8 bytes of text are 2 tokens. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "the app refused it        | 422 | ''  | COMPLETED | 0",
        "the app failed            | 500 | ''  | FAILED    | 0",
        "it timed out, no output   | 200 | ''  | TIMED_OUT | 0",
        "aborted, no output        | 200 | ''  | ABORTED   | 50",
        "aborted after two pieces  | 200 | 2   | ABORTED   | 54",
        "ended without usage       | 200 | 3   | COMPLETED | 56",
        "ended with usage          | 200 | 3u  | COMPLETED | 77",
        "usage of zero, but text   | 200 | 3z  | COMPLETED | 56",
        "failed after two pieces   | 200 | 2   | FAILED    | 54",
      })
  void charges_what_left_for_the_client(
      String how, int status, String events, Outcome outcome, long charge) {
    Lease lease = call().lease();
    lease.answer(status, "text/event-stream", null);
    int pieces = events.isEmpty() ? 0 : events.charAt(0) - '0';
    for (int i = 0; i < pieces; i++) {
      write(lease, event("8 bytes."));
    }
    if (events.endsWith("u")) {
      write(
          lease,
          "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":70,\"completion_tokens\":7}}\n\n");
    } else if (events.endsWith("z")) {
      write(
          lease,
          "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":0,\"completion_tokens\":0}}\n\n");
    }
    lease.close(outcome);
    assertThat(charged()).as(how).isEqualTo(charge);
  }

  /** R7: an answer whose end may never be told is charged what has left, and what leaves after all. */
  @Test
  void charges_the_rest_of_an_answer_that_goes_on_after_its_time() {
    Lease lease = call().lease();
    lease.settle(Outcome.TIMED_OUT);
    assertThat(charged()).isEqualTo(50 + 400);
    lease.answer(200, "text/event-stream", null);
    write(lease, event("8 bytes."));
    lease.settle(Outcome.TIMED_OUT);
    assertThat(charged()).isEqualTo(50 + 2);
    write(lease, event("8 bytes."));
    lease.settle(Outcome.TIMED_OUT);
    lease.close(Outcome.TIMED_OUT);
    assertThat(charged()).isEqualTo(50 + 4);
  }

  /** What the app has compressed is charged by its bytes, and never more than was reserved. */
  @Test
  void charges_a_compressed_answer_by_estimate() {
    Lease small = call().lease();
    small.answer(200, "application/json", "gzip");
    write(small, "x".repeat(120));
    small.close(Outcome.COMPLETED);
    assertThat(charged()).isEqualTo(50 + 120);

    Lease large = call().lease();
    large.answer(200, "application/json", "gzip");
    write(large, "x".repeat(9_000));
    large.close(Outcome.COMPLETED);
    assertThat(charged()).isEqualTo(170 + 450);
  }

  /** Total is all there is: of an answer without text it is the input's. */
  @Test
  void charges_a_total_that_is_not_taken_apart() {
    Lease lease = call().lease();
    lease.answer(200, "application/json", null);
    write(lease, "{\"data\":[{\"embedding\":[0.1]}],\"usage\":{\"total_tokens\":9}}");
    lease.close(Outcome.COMPLETED);
    assertThat(charged()).isEqualTo(9);
  }

  /** R6: 10⁵ calls end in every way there is, some twice and some by two threads; what is left is what was not used. */
  @Test
  void charges_each_call_once_however_it_ends() throws Exception {
    RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
    ExecutorService pool = Executors.newFixedThreadPool(2);
    Outcome[] outcomes = Outcome.values();
    GuardedService service = GuardedService.limited("limits.l = tpm 1000M");
    long expected = 0;
    List<Decision.Admit> open = new ArrayList<>();
    try {
      for (int i = 0; i < 100_000; i++) {
        open.add(service.admit(Request.chat("m", 4, random.nextInt(1, 500)).key("sk-a")));
        if (open.size() < random.nextInt(1, 8)) {
          continue;
        }
        Lease lease = open.remove(random.nextInt(open.size())).lease();
        expected += end(lease, random, outcomes, i % 100 == 0 ? pool : null);
      }
      for (Decision.Admit left : open) {
        left.lease().cancel();
        left.lease().close(Outcome.COMPLETED);
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(charged(service, 1_000_000_000)).isEqualTo(expected);
  }

  private static long end(
      Lease lease, RandomGenerator random, Outcome[] outcomes, @Nullable ExecutorService pool)
      throws Exception {
    Outcome outcome = outcomes[random.nextInt(outcomes.length)];
    long used = random.nextInt(1, 900);
    boolean cancelled = random.nextInt(10) == 0;
    if (cancelled) {
      lease.cancel();
    }
    lease.answer(200, "application/json", null);
    if (random.nextInt(4) == 0) {
      lease.settle(outcome);
    }
    write(lease, "{\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":" + used + "}}");
    if (random.nextInt(4) == 0) {
      lease.settle(outcome);
    }
    if (pool == null) {
      lease.close(outcome);
      lease.close(outcomes[random.nextInt(outcomes.length)]);
    } else {
      CountDownLatch start = new CountDownLatch(1);
      List<Future<?>> closing = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        closing.add(
            pool.submit(
                () -> {
                  start.await();
                  lease.close(outcome);
                  return null;
                }));
      }
      start.countDown();
      for (Future<?> each : closing) {
        each.get();
      }
    }
    return cancelled ? 0 : 1 + used;
  }

  /** R10: the budget has 20 tokens beyond the reservation; each event is 2. */
  @Test
  void ends_a_stream_within_one_event_of_the_budget() {
    GuardedService small = GuardedService.limited("limits.l = tpm 100\nkey.a.hard-stop = true\n");
    Lease lease = small.admit(Request.chat("m", 3, 79).key("sk-a")).lease();
    assertThat(lease.mayStop()).isTrue();
    lease.answer(200, "text/event-stream", null);
    byte[] event = event("8 bytes.").getBytes(StandardCharsets.UTF_8);
    int events = 0;
    while (lease.meter(event, 0, event.length) == event.length && !lease.hasStopped()) {
      events++;
      assertThat(events).isLessThan(100);
    }
    // 1 for the prompt; the budget pays 99 tokens of output: 49 events, and the one that shows it
    // is gone.
    assertThat(events).isEqualTo(49);
    assertThat(new String(lease.closingEvent(), StandardCharsets.UTF_8))
        .startsWith("event: error\ndata: {\"error\":{")
        .contains("100")
        .contains("tokens per minute")
        .endsWith("}\n\n");
    assertThat(lease.meter(event, 0, event.length)).isZero();
    lease.close(Outcome.COMPLETED);
    assertThat(small.refusal(Request.chat("m", 3, 1).key("sk-a"))).isEqualTo(Reason.TPM_EXCEEDED);
  }

  @Test
  void never_ends_a_stream_that_was_not_to_be_ended() {
    GuardedService small = GuardedService.limited("limits.l = tpm 100\n");
    Lease lease = small.admit(Request.chat("m", 3, 20).key("sk-a")).lease();
    lease.answer(200, "text/event-stream", null);
    byte[] event = event("8 bytes.").getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 500; i++) {
      assertThat(lease.meter(event, 0, event.length)).isEqualTo(event.length);
    }
    assertThat(lease.hasStopped()).isFalse();
  }
}
