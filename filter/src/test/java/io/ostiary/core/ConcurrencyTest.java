package io.ostiary.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits of what runs at one time, the workers and the line before them, and the time of a call. */
class ConcurrencyTest {

  private static final String HEAD =
      """
      route.chat.paths = /v1/chat/completions
      route.chat.dialect = %s
      route.chat.model = body model
      endpoint.team.model = qwen-max
      key.a.sha256 = %s
      key.b.sha256 = %s
      """;

  private static GuardedService service(String dialect, String... lines) {
    return new GuardedService(
        HEAD.formatted(dialect, Policies.sha256("sk-a"), Policies.sha256("sk-b"))
            + String.join("\n", lines));
  }

  private static Request call(String key) {
    return Request.chat("qwen-max", 4, 1).key(key);
  }

  private static boolean isAdmitted(GuardedService service, Request request) {
    return service.judge(request) instanceof Decision.Admit;
  }

  private static Queued queued(GuardedService service, Request request) {
    Decision decision = service.judge(request);
    assertThat(decision).isInstanceOf(Decision.Wait.class);
    return ((Decision.Wait) decision).call();
  }

  private static String header(Decision.Reject reject, String name) {
    return reject.refusal().headers().stream()
        .filter(header -> header.name().equals(name))
        .map(Header::value)
        .findFirst()
        .orElse("none");
  }

  /** R4: what LiteLLM gets wrong. */
  @Test
  void a_refusal_for_concurrency_leaves_the_requests_a_minute_as_they_were() {
    GuardedService service = service("modelarts", "key.a.limits = rpm 2, concurrent 1");
    Decision.Admit a = service.admit(call("sk-a"));
    assertThat(service.refusal(call("sk-a"))).isEqualTo(Reason.CONCURRENCY_EXCEEDED);
    a.lease().close(Outcome.COMPLETED);

    service.admit(call("sk-a"));
  }

  /** R4: whichever scope refuses, every other is as it was; and what is refused later gives its place back. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "key.a.limits",
        "key.a.limits.qwen-*",
        "endpoint.team.limits",
        "model.qwen-max.limits",
        "service.limits"
      })
  void every_scope_can_limit_what_runs_and_a_refusal_costs_nothing(String scope) {
    GuardedService service =
        service("eas", scope + " = concurrent 2, rpm 3", "key.b.limits = concurrent 7, tpm 100");
    Request team = Request.chat("team", 4, 1).key("sk-a");
    Decision.Admit first = service.admit(team);
    Decision.Admit second = service.admit(team);
    for (int i = 0; i < 20; i++) {
      Decision.Reject reject = service.reject(team);
      assertThat(reject.reason()).isEqualTo(Reason.CONCURRENCY_EXCEEDED);
      assertThat(reject.refusal().status()).isEqualTo(429);
      assertThat(GuardedService.body(reject)).contains("2 concurrent requests");
      assertThat(Integer.parseInt(header(reject, "Retry-After"))).isPositive();
    }
    first.lease().close(Outcome.ABORTED);
    first.lease().close(Outcome.COMPLETED);
    Decision.Admit third = service.admit(team);
    assertThat(service.refusal(team)).isEqualTo(Reason.CONCURRENCY_EXCEEDED);
    second.lease().close(Outcome.FAILED);
    third.lease().close(Outcome.TIMED_OUT);
    for (int i = 0; i < 20; i++) {
      assertThat(service.refusal(team)).isEqualTo(Reason.RPM_EXCEEDED);
    }
  }

  /** K3. */
  @Test
  void what_runs_is_known_across_a_reload() {
    GuardedService service = service("eas", "key.a.limits = concurrent 2");
    String head = HEAD.formatted("eas", Policies.sha256("sk-a"), Policies.sha256("sk-b"));
    Decision.Admit first = service.admit(call("sk-a"));
    service.reload(head + "key.a.limits = concurrent 1");
    assertThat(service.refusal(call("sk-a"))).isEqualTo(Reason.CONCURRENCY_EXCEEDED);
    first.lease().close(Outcome.COMPLETED);
    service.admit(call("sk-a"));
    assertThat(isAdmitted(service, call("sk-a"))).isFalse();
  }

  @Test
  void a_limit_that_only_observes_lets_any_number_run() {
    GuardedService service = service("eas", "key.a.limits = concurrent 1 observe");
    for (int i = 0; i < 5; i++) {
      service.admit(call("sk-a"));
    }
    assertThat(service.lines).anyMatch(line -> line.contains("CONCURRENCY_EXCEEDED"));
  }

  /** Q1, R4: the 70th is refused and has cost nothing. */
  @Test
  void the_seventieth_call_finds_the_queue_full() {
    GuardedService service = service("eas", "service.workers = 5", "key.a.limits = rpm 70");
    for (int i = 0; i < 5; i++) {
      service.admit(call("sk-a"));
    }
    List<Queued> waiting = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      waiting.add(queued(service, call("sk-a")));
    }

    Decision.Reject full = service.reject(call("sk-a"));

    assertThat(full.reason()).isEqualTo(Reason.QUEUE_FULL);
    assertThat(full.refusal().status()).isEqualTo(450);
    assertThat(header(full, "Retry-After")).isEqualTo("13");
    assertThat(header(full, "x-should-retry")).isEqualTo("true");
    service.guard.abandon(waiting.get(7));
    queued(service, call("sk-a"));
    service.guard.abandon(waiting.get(9));
    queued(service, call("sk-a"));
    assertThat(service.lines).anyMatch(line -> line.startsWith("client gone (499), key a"));
  }

  /** Q3. */
  @Test
  void a_call_that_waited_runs_when_its_turn_comes() {
    GuardedService service = service("eas", "service.workers = 1", "service.queue = 1");
    Decision.Admit first = service.admit(call("sk-a"));
    Queued second = queued(service, call("sk-b"));
    assertThat(second.await(0)).isTrue();
    first.lease().close(Outcome.COMPLETED);

    assertThat(second.await(Long.MAX_VALUE / 4)).isFalse();
    assertThat(service.guard.resume(second)).isInstanceOf(Decision.Admit.class);
    assertThat(service.guard.running()).isOne();
  }

  /** Q2: 5 s after the head came, however much of it was spent waiting; and what was drawn goes back. */
  @Test
  void the_time_of_a_call_ends_in_the_line_too() {
    GuardedService service =
        service("dashscope", "service.workers = 1", "service.timeout = 5s", "key.b.limits = rpm 1");
    service.admit(call("sk-a"));
    Queued second = queued(service, call("sk-b"));
    service.pass(4_999);
    assertThat(second.await(0)).isTrue();
    service.pass(1);
    assertThat(second.await(Long.MAX_VALUE / 4)).isFalse();

    Decision.Reject late = (Decision.Reject) service.guard.resume(second);

    assertThat(late.refusal().status()).isEqualTo(408);
    assertThat(GuardedService.body(late)).contains("RequestTimeOut");
    assertThat(header(late, "x-should-retry")).isEqualTo("none");
    queued(service, call("sk-b"));
  }

  /** A call that is called at the last moment does not begin what it cannot end. */
  @Test
  void a_call_whose_time_is_over_gives_its_worker_to_the_next() {
    GuardedService service = service("modelarts", "service.workers = 1", "service.timeout = 5s");
    Decision.Admit first = service.admit(call("sk-a"));
    Queued late = queued(service, call("sk-b"));
    service.pass(1);
    Queued next = queued(service, call("sk-a"));
    service.pass(4_999);
    first.lease().close(Outcome.COMPLETED);

    Decision.Reject reject = (Decision.Reject) service.guard.resume(late);

    assertThat(reject.refusal().status()).isEqualTo(504);
    assertThat(GuardedService.body(reject)).contains("ModelArts.81110");
    assertThat(service.guard.resume(next)).isInstanceOf(Decision.Admit.class);
  }

  @Test
  void nobody_waits_without_an_end() {
    GuardedService service = service("openai", "service.workers = 1", "service.queue-wait = 10s");
    service.admit(call("sk-a"));
    Queued second = queued(service, call("sk-b"));
    service.pass(10_000);
    assertThat(second.await(Long.MAX_VALUE / 4)).isFalse();

    assertThat(((Decision.Reject) service.guard.resume(second)).reason())
        .isEqualTo(Reason.QUEUE_FULL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"service.state = draining", "service.state = starting"})
  void a_service_that_is_not_ready_takes_no_calls_and_sends_those_away_that_wait(String state) {
    GuardedService service = service("openai", "service.workers = 1");
    String head = HEAD.formatted("openai", Policies.sha256("sk-a"), Policies.sha256("sk-b"));
    Decision.Admit running = service.admit(call("sk-a"));
    Queued waiting = queued(service, call("sk-b"));
    service.reload(head + "service.workers = 1\n" + state);

    assertThat(waiting.await(Long.MAX_VALUE / 4)).isFalse();
    Decision.Reject sent = (Decision.Reject) service.guard.resume(waiting);
    assertThat(sent.reason()).isEqualTo(Reason.NOT_READY);
    assertThat(sent.refusal().status()).isEqualTo(503);
    assertThat(header(sent, "Retry-After")).isEqualTo("1");
    Request refused = call("sk-a");
    assertThat(service.refusal(refused)).isEqualTo(Reason.NOT_READY);
    assertThat(refused.bytesRead).isZero();
    running.lease().close(Outcome.COMPLETED);
    service.reload(head + "service.workers = 1\n");
    service.admit(call("sk-a"));
  }

  @Test
  void a_guard_that_drains_takes_no_calls_again() {
    GuardedService service = service("openai", "key.a.limits = rpm 5");
    service.guard.drain();

    assertThat(service.refusal(call("sk-a"))).isEqualTo(Reason.NOT_READY);
  }

  @Test
  void who_is_only_observed_never_waits_but_holds_a_worker() {
    GuardedService service =
        service("eas", "service.workers = 1", "service.queue = 1", "key.a.mode = observe");
    Decision.Admit first = service.admit(call("sk-a"));
    service.admit(call("sk-a"));
    assertThat(service.lines).noneMatch(line -> line.contains("QUEUE_FULL"));
    service.admit(call("sk-a"));
    assertThat(service.lines).anyMatch(line -> line.contains("QUEUE_FULL"));
    Queued waiting = queued(service, call("sk-b"));
    first.lease().close(Outcome.COMPLETED);
    assertThat(waiting.await(0)).isTrue();
  }

  /** P4: an answer that cannot be metered any more lets go of what it held all the same. */
  @Test
  void a_lease_that_is_cancelled_or_closed_lets_go_once() {
    GuardedService service =
        service("eas", "service.workers = 1", "service.queue = 0", "key.a.limits = concurrent 1");
    for (int i = 0; i < 5; i++) {
      Lease lease = service.admit(call("sk-a")).lease();
      lease.cancel();
      lease.close(Outcome.FAILED);
      lease.cancel();
    }
    assertThat(service.guard.running()).isZero();
  }

  /** R1 for what runs: many come at once, and exactly as many run as may. */
  @Test
  void admits_exactly_as_many_as_may_run_however_many_come_at_once() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(16);
    try {
      for (int repetition = 0; repetition < 200; repetition++) {
        GuardedService service = service("eas", "key.a.limits = concurrent 5");
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Boolean>> answers = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
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
        assertThat(admitted).isEqualTo(5);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  /** Q2: a sender that sends byte by byte meets the same deadline. */
  @Test
  void a_body_that_drips_is_refused_when_the_time_is_over() {
    GuardedService service = service("eas", "route.chat.timeout = 5s");
    Request call = Request.chat("qwen-max", 400, 1).key("sk-a");
    Decision.Proceed arrived = (Decision.Proceed) service.guard.arrive(call);
    BodySource dripping =
        () ->
            new InputStream() {
              private final InputStream body = call.open();

              @Override
              public int read() throws IOException {
                service.pass(100);
                return body.read();
              }

              @Override
              public int read(byte[] into, int offset, int length) throws IOException {
                service.pass(100);
                return body.read(into, offset, 1);
              }
            };

    Decision.Reject late = (Decision.Reject) service.guard.enter(arrived.arrival(), call, dripping);

    assertThat(late.reason()).isEqualTo(Reason.TIMED_OUT);
    assertThat(late.refusal().status()).isEqualTo(408);
    assertThat(late.bodyUnread()).isTrue();
    assertThat(call.bytesRead).isBetween(45, 55);
  }
}
