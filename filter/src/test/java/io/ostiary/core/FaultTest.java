package io.ostiary.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The guard's own failures: never thrown at the app, never let through unasked, and nothing stays held. */
class FaultTest {

  private static final String POLICY =
      """
      route.chat.paths = /v1/chat/completions
      route.chat.dialect = modelarts
      route.chat.model = body model
      models = qwen-max
      limits.l = qps 7, rpm 7, tpm 700
      key.a.sha256 = %s
      key.a.ips = 127.0.0.0/8
      key.a.limits = l
      key.a.limits.qwen-max = l
      model.qwen-max.limits = l
      service.limits = l
      """
          .formatted(Policies.sha256("sk-a"));

  /** Fails whoever asks when a countdown ends: with an exception, an error, or one that cannot even be created cleanly. */
  private static final class Fault {
    private long countdown = Long.MAX_VALUE;
    private long seed;

    void in(long steps, long seed) {
      this.countdown = steps;
      this.seed = seed;
    }

    boolean happened() {
      return countdown < 0;
    }

    void step() {
      if (countdown >= 0 && --countdown < 0) {
        switch ((int) (seed % 4)) {
          case 0 -> throw new IllegalStateException("injected");
          case 1 -> throw new NoSuchMethodError("injected");
          case 2 -> throw new OutOfMemoryError("injected");
          default -> throw new StackOverflowError("injected");
        }
      }
    }
  }

  private record FaultyCall(Request request, Fault fault) implements Call, BodySource {
    @Override
    public String method() {
      fault.step();
      return request.method();
    }

    @Override
    public String rawPath() {
      fault.step();
      return request.rawPath();
    }

    @Override
    public @Nullable String resolvedPath() {
      fault.step();
      return request.resolvedPath();
    }

    @Override
    public @Nullable String query() {
      fault.step();
      return request.query();
    }

    @Override
    public String peer() {
      fault.step();
      return request.peer();
    }

    @Override
    public @Nullable String header(String name) {
      fault.step();
      return request.header(name);
    }

    @Override
    public Iterator<String> headers(String name) {
      fault.step();
      return request.headers(name);
    }

    @Override
    public long declaredLength() {
      fault.step();
      return request.declaredLength();
    }

    @Override
    public InputStream open() {
      fault.step();
      InputStream body = request.open();
      return new InputStream() {
        @Override
        public int read() throws IOException {
          fault.step();
          return body.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
          fault.step();
          return body.read(into, offset, length);
        }
      };
    }
  }

  private final AtomicLong nanos = new AtomicLong(1);
  private final Fault fault = new Fault();

  private Guard guard(String policy) {
    LongSupplier clock =
        () -> {
          fault.step();
          return nanos.get();
        };
    Log silent =
        new Log() {
          @Override
          public void info(String message) {}

          @Override
          public void warn(String message) {}

          @Override
          public void error(String message, Throwable cause) {
            throw new IllegalStateException("even the log fails");
          }
        };
    return new Guard(Policies.parse(policy), clock, () -> 0, silent);
  }

  private Decision judge(Guard guard, FaultyCall call) {
    Decision decision = guard.arrive(call);
    return decision instanceof Decision.Proceed proceed
        ? guard.enter(proceed.arrival(), call, call)
        : decision;
  }

  /** P4, pitfall 4: 10⁵ injected faults, 0 leaks. */
  @Test
  void a_hundred_thousand_faults_leave_nothing_held_and_let_nothing_through() {
    Guard guard = guard(POLICY);
    int faults = 0;
    for (long round = 0; faults < 100_000; round++) {
      fault.in(round % 97, round);
      FaultyCall call = new FaultyCall(Request.chat("qwen-max", 4, 90).key("sk-a"), fault);
      Decision decision = judge(guard, call);
      if (fault.happened()) {
        faults++;
        assertThat(decision).isInstanceOf(Decision.Reject.class);
        assertThat(((Decision.Reject) decision).reason()).isEqualTo(Reason.INTERNAL);
        assertThat(((Decision.Reject) decision).refusal().status()).isEqualTo(500);
      } else {
        nanos.addAndGet(60_000_000_000L);
      }
    }
    fault.in(Long.MAX_VALUE, 0);
    nanos.addAndGet(1);
    for (int i = 0; i < 7; i++) {
      FaultyCall call = new FaultyCall(Request.chat("qwen-max", 4, 90).key("sk-a"), fault);
      assertThat(judge(guard, call)).isInstanceOf(Decision.Admit.class);
    }
  }

  /** P4. */
  @Test
  void a_failure_is_answered_in_the_words_of_the_route() {
    Guard guard = guard(POLICY);
    Decision decision =
        guard.failure(Request.chat("qwen-max", 4, 90), new IllegalStateException("in a shell"));
    assertThat(GuardedService.body((Decision.Reject) decision))
        .contains("ModelArts.81102")
        .contains("An unexpected exception occurred. Please try again.")
        .doesNotContain("in a shell");
  }

  @Test
  void lets_a_call_pass_on_failure_only_if_the_operator_says_so_and_its_body_is_whole() {
    Guard guard = guard(POLICY + "on-failure = admit\n");
    fault.in(0, 0);
    FaultyCall call = new FaultyCall(Request.chat("qwen-max", 4, 90).key("sk-a"), fault);
    assertThat(((Decision.Admit) judge(guard, call)).leavesUntouched()).isTrue();

    Decision.Proceed proceed = (Decision.Proceed) guard.arrive(call);
    Decision after =
        guard.enter(
            proceed.arrival(),
            call,
            () -> {
              throw new IllegalStateException("injected");
            });
    assertThat(after).isInstanceOf(Decision.Reject.class);
  }
}
