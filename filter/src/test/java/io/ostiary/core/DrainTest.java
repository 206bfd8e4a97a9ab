package io.ostiary.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The stop of a server, as the guard waits for it. */
class DrainTest {

  private static final String POLICY =
      """
      route.chat.paths = /v1/chat/completions
      route.chat.dialect = eas
      route.chat.model = body model
      key.a.sha256 = %s
      service.workers = 1
      """
          .formatted(Policies.sha256("sk-a"));

  private static GuardedService service(String drain) {
    return new GuardedService(POLICY + "service.drain = " + drain);
  }

  private static Request call() {
    return Request.chat("qwen-max", 4, 1).key("sk-a");
  }

  @Test
  void waits_until_the_calls_that_run_have_ended() throws Exception {
    GuardedService service = service("1h");
    Decision.Admit running = service.admit(call());
    Queued waiting = ((Decision.Wait) service.judge(call())).call();
    CompletableFuture<Boolean> drain = CompletableFuture.supplyAsync(service.guard::drain);

    assertThat(waiting.await(Long.MAX_VALUE / 4)).isFalse();
    Decision.Reject away = (Decision.Reject) service.guard.resume(waiting);
    assertThat(away.refusal().status()).isEqualTo(503);
    assertThat(service.refusal(call())).isEqualTo(Reason.NOT_READY);
    assertThat(drain).isNotDone();
    running.lease().close(Outcome.COMPLETED);
    assertThat(drain.get(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void waits_no_longer_than_the_operator_says() {
    GuardedService service = service("20ms");
    service.admit(call());

    assertThat(service.guard.drain()).isFalse();
  }

  @Test
  void does_not_wait_where_nothing_runs() {
    assertThat(service("1h").guard.drain()).isTrue();
  }

  /** Two connectors of one server stop one after the other, and a file may change meanwhile. */
  @Test
  void takes_calls_again_when_all_that_stopped_has_done_so() {
    GuardedService service = service("1h");
    service.guard.drain();
    service.guard.drain();
    service.guard.goOn();
    service.reload(POLICY);
    assertThat(service.refusal(call())).isEqualTo(Reason.NOT_READY);

    service.guard.goOn();
    service.admit(call());
  }

  /** The stop of a server that has several connectors, each of which stops within it. */
  @Test
  void parts_of_one_stop_have_its_time_together() throws Exception {
    GuardedService service = service("1h");
    service.admit(call());
    Thread.currentThread().interrupt();
    assertThat(service.guard.drain()).isFalse();
    assertThat(Thread.interrupted()).isTrue();
    service.pass(3_600_000);
    CompletableFuture<Boolean> part = CompletableFuture.supplyAsync(service.guard::drain);

    assertThat(part.get(20, TimeUnit.SECONDS)).isFalse();
  }

  @Test
  void a_hurried_stop_does_not_wait() {
    GuardedService service = service("1h");
    service.admit(call());
    Thread.currentThread().interrupt();

    assertThat(service.guard.drain()).isFalse();
    assertThat(Thread.interrupted()).isTrue();
  }
}
