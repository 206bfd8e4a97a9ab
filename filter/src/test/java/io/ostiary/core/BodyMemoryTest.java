package io.ostiary.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The memory that the bodies of all calls take together: servlet-pitfalls 33. */
class BodyMemoryTest {

  private static final int KIB = 1024;

  private static GuardedService service(String memory, String more) {
    return new GuardedService(
        """
        service.body-memory = %s
        route.chat.paths = /chat
        route.chat.model = body model
        route.chat.max-body = 256KiB
        route.chat.dialect = openai
        key.a.sha256 = %s
        %s
        """
            .formatted(memory, Policies.sha256("sk-a"), more));
  }

  private static Request call(int size) {
    String json = "{\"model\":\"m\",\"x\":\"\"}";
    return Request.post("/chat", json.replace("\"\"", "\"" + "x".repeat(size - 20) + "\""))
        .key("sk-a");
  }

  @Test
  void refuses_what_does_not_fit_and_takes_it_when_another_call_has_ended() {
    GuardedService service = service("300KiB", "");
    Decision.Admit first = service.admit(call(200 * KIB));

    Decision.Reject refused = service.reject(call(200 * KIB));
    assertThat(refused.reason()).isEqualTo(Reason.BODIES_FULL);
    assertThat(refused.refusal().status()).isEqualTo(429);
    assertThat(refused.refusal().headers()).contains(new Header("Retry-After", "1"));
    assertThat(GuardedService.body(refused)).contains("rate_limit_exceeded");
    service.admit(call(20 * KIB)).lease().close(Outcome.COMPLETED);

    first.lease().close(Outcome.COMPLETED);
    service.admit(call(200 * KIB));
  }

  @Test
  void one_body_alone_always_fits() {
    GuardedService service = service("1KiB", "");
    Decision.Admit alone = service.admit(call(256 * KIB));
    assertThat(service.refusal(call(100))).isEqualTo(Reason.BODIES_FULL);
    alone.lease().close(Outcome.COMPLETED);
    assertThat(service.guard.bodyBytes()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Outcome.class)
  void gives_back_once_however_a_call_ends(Outcome outcome) {
    GuardedService service = service("1MiB", "");
    Decision.Admit other = service.admit(call(100 * KIB));
    long before = service.guard.bodyBytes();
    Decision.Admit call = service.admit(call(100 * KIB));
    assertThat(service.guard.bodyBytes()).isGreaterThan(before);
    call.lease().close(outcome);
    call.lease().close(Outcome.COMPLETED);
    call.lease().cancel();
    assertThat(service.guard.bodyBytes()).isEqualTo(before);
    other.lease().cancel();
    assertThat(service.guard.bodyBytes()).isZero();
  }

  @Test
  void gives_back_what_a_refused_call_has_taken() {
    GuardedService service = service("1MiB", "models = n");
    assertThat(service.refusal(call(100 * KIB))).isEqualTo(Reason.MODEL_UNKNOWN);
    assertThat(service.refusal(call(256 * KIB + 1))).isEqualTo(Reason.BODY_TOO_LARGE);
    assertThat(service.refusal(call(300 * KIB).chunked())).isEqualTo(Reason.BODY_TOO_LARGE);
    assertThat(service.refusal(Request.post("/chat", "{\"model\":").key("sk-a")))
        .isEqualTo(Reason.BODY_MALFORMED);
    assertThat(service.refusal(call(100).declaring(200))).isEqualTo(Reason.BODY_UNREADABLE);
    assertThat(service.guard.bodyBytes()).isZero();
  }

  @Test
  void holds_on_to_a_body_that_waits_for_a_worker_and_no_longer() {
    GuardedService service = service("1MiB", "service.workers = 1");
    Decision.Admit running = service.admit(call(100 * KIB));
    long before = service.guard.bodyBytes();
    Decision.Wait waiting = (Decision.Wait) service.judge(call(100 * KIB));
    assertThat(service.guard.bodyBytes()).isGreaterThan(before);
    service.guard.abandon(waiting.call());
    assertThat(service.guard.bodyBytes()).isEqualTo(before);
    running.lease().close(Outcome.COMPLETED);
    assertThat(service.guard.bodyBytes()).isZero();
  }

  @Test
  void only_tells_of_it_where_nothing_is_refused_and_keeps_every_byte_for_the_app()
      throws Exception {
    GuardedService service = service("128KiB", "mode = observe");
    Decision.Admit first = service.admit(call(100 * KIB));
    Request request = call(200 * KIB);
    Decision.Admit second = service.admit(request);
    assertThat(Objects.requireNonNull(second.body()).stream().readAllBytes())
        .isEqualTo(request.open().readAllBytes());
    first.lease().close(Outcome.COMPLETED);
    second.lease().close(Outcome.COMPLETED);
    assertThat(service.guard.bodyBytes()).isZero();
  }

  @Test
  void a_smaller_limit_holds_for_those_that_come_after_the_reload() {
    GuardedService service = service("1MiB", "");
    Decision.Admit before = service.admit(call(200 * KIB));
    service.reload(
        "service.body-memory = 100KiB\nroute.chat.paths = /chat\nroute.chat.model = body model\nkey.a.sha256 = "
            + Policies.sha256("sk-a"));
    assertThat(service.refusal(call(1000))).isEqualTo(Reason.BODIES_FULL);
    before.lease().close(Outcome.COMPLETED);
    service.admit(call(1000));
  }

  /** Nobody waits for memory, so that nobody can wait for ever; what is admitted at one time fits. */
  @Test
  void sheds_load_and_never_stops() throws Exception {
    GuardedService service = service("512KiB", "");
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<Integer>> all = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      all.add(threads.submit(() -> admitted(service)));
    }
    int admitted = 0;
    for (Future<Integer> one : all) {
      admitted += one.get(60, TimeUnit.SECONDS);
    }
    threads.shutdown();
    assertThat(admitted).isPositive();
    assertThat(service.guard.bodyBytes()).isZero();
  }

  private static int admitted(GuardedService service) {
    int admitted = 0;
    for (int i = 0; i < 200; i++) {
      if (service.judge(call(150 * KIB)) instanceof Decision.Admit admit) {
        assertThat(service.guard.bodyBytes()).isLessThanOrEqualTo(512 * KIB);
        admit.lease().close(Outcome.COMPLETED);
        admitted++;
      }
    }
    return admitted;
  }

  /** servlet-pitfalls 33: a hundred bodies at the limit take a hundred times the limit, and a tenth more at most. */
  @Test
  void a_hundred_bodies_take_what_they_are_long() {
    GuardedService service = service("1GiB", "");
    Request request = call(256 * KIB).chunked();
    service.admit(request).lease().close(Outcome.COMPLETED);
    long before = heap();
    List<Decision.Admit> held = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      held.add(service.admit(request));
    }
    long most = 100L * 256 * KIB * 11 / 10;
    assertThat(service.guard.bodyBytes()).isBetween(100L * 256 * KIB, most);
    assertThat(heap() - before).isBetween(100L * 256 * KIB * 9 / 10, most);
    held.forEach(one -> one.lease().close(Outcome.COMPLETED));
    assertThat(service.guard.bodyBytes()).isZero();
  }

  private static long heap() {
    System.gc();
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
