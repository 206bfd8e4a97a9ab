package io.ostiary.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What an operator reads of a guard while it runs. */
class FiguresTest {

  private static final String POLICY =
      """
      service.workers = 1
      service.queue = 1
      route.chat.paths = /v1/chat/completions
      route.chat.model = body model
      key.a.sha256 = %s
      key.seen.sha256 = %s
      key.seen.mode = observe
      key.seen.models = other
      """
          .formatted(Policies.sha256("sk-a"), Policies.sha256("sk-seen"));

  private final GuardedService service = new GuardedService(POLICY);
  private final GuardMXBean figures = service.guard.figures();

  @Test
  void tell_who_runs_and_who_waits_and_how_many_may() {
    Decision.Admit first = service.admit(call("sk-a"));
    Decision.Wait second = (Decision.Wait) service.judge(call("sk-a"));

    assertThat(figures.getWorkers()).isEqualTo(1);
    assertThat(figures.getQueue()).isEqualTo(1);
    assertThat(figures.getRunning()).isEqualTo(1);
    assertThat(figures.getWaiting()).isEqualTo(1);
    assertThat(figures.getBodyMemory()).isPositive();

    service.guard.abandon(second.call());
    first.lease().close(Outcome.COMPLETED);

    assertThat(figures.getRunning()).isZero();
    assertThat(figures.getWaiting()).isZero();
    assertThat(figures.getBodyMemory()).isZero();
  }

  @Test
  void know_no_workers_where_the_policy_has_none() {
    service.reload(POLICY.replace("service.workers = 1\nservice.queue = 1\n", ""));
    service.admit(call("sk-a"));

    assertThat(figures.getWorkers()).isZero();
    assertThat(figures.getQueue()).isZero();
    assertThat(figures.getRunning()).isZero();
  }

  /** O1: as many as there are reasons, whatever strangers send. */
  @Test
  void count_refusals_by_every_reason_there_is() {
    String[] reasons = Arrays.stream(Reason.values()).map(Reason::name).toArray(String[]::new);
    assertThat(figures.getRefused()).containsOnlyKeys(reasons).allSatisfy((r, n) -> assertNone(n));
    service.admit(call("sk-a"));
    service.judge(call("sk-a"));
    assertThat(service.refusal(call("sk-a"))).isEqualTo(Reason.QUEUE_FULL);
    assertThat(service.refusal(call("sk-a"))).isEqualTo(Reason.QUEUE_FULL);
    assertThat(service.refusal(call("sk-wrong"))).isEqualTo(Reason.KEY_UNKNOWN);
    service.judge(call("sk-seen"));

    assertThat(figures.getRefused())
        .containsOnlyKeys(reasons)
        .containsEntry("QUEUE_FULL", 2L)
        .containsEntry("KEY_UNKNOWN", 1L)
        .containsEntry("MODEL_NOT_ALLOWED", 0L);
    assertThat(figures.getObserved())
        .containsOnlyKeys(reasons)
        .containsEntry("MODEL_NOT_ALLOWED", 1L);
  }

  private static void assertNone(long calls) {
    assertThat(calls).isZero();
  }

  /** Q3: clients that went while they waited, and while they were answered. */
  @Test
  void count_clients_that_have_gone() {
    Decision.Admit running = service.admit(call("sk-a"));
    Decision.Wait waiting = (Decision.Wait) service.judge(call("sk-a"));
    service.guard.abandon(waiting.call());
    running.lease().close(Outcome.ABORTED);

    assertThat(figures.getClientsGone()).isEqualTo(2);
    assertThat(figures.getLetGoAtTheLastMoment()).isZero();
  }

  @Test
  void count_calls_that_nobody_has_told_the_end_of() {
    service.admit(call("sk-a")).lease().closeAtLast(Outcome.FAILED);

    assertThat(figures.getLetGoAtTheLastMoment()).isEqualTo(1);
  }

  @Test
  void go_on_when_the_policy_is_reloaded() {
    service.refusal(call("sk-wrong"));
    service.admit(call("sk-a")).lease().close(Outcome.ABORTED);
    service.reload(POLICY.replace("workers = 1", "workers = 3").concat("mode = observe\n"));
    service.judge(call("sk-wrong"));
    Decision.Admit running = service.admit(call("sk-a"));

    assertThat(figures.getRefused()).containsEntry("KEY_UNKNOWN", 1L);
    assertThat(figures.getObserved()).containsEntry("KEY_UNKNOWN", 1L);
    assertThat(figures.getClientsGone()).isEqualTo(1);
    assertThat(figures.getWorkers()).isEqualTo(3);
    assertThat(figures.getRunning()).isEqualTo(1);
    assertThat(figures.getMode()).isEqualTo("observe");
    running.lease().close(Outcome.COMPLETED);
  }

  private static Request call(String key) {
    return Request.chat("m", 5, 10).key(key);
  }
}
