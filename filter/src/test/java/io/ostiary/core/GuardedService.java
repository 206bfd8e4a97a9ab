package io.ostiary.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A guard on a policy written in a test, with a clock that the test moves. */
final class GuardedService {

  private static final String LIMITED =
      """
      tokens.estimate = bytes
      route.chat.paths = /v1/chat/completions
      route.chat.model = body model
      key.a.sha256 = %s
      key.a.limits = l
      """
          .formatted(Policies.sha256("sk-a"));

  /** The clock of the limits, in nanoseconds; starts anywhere but at zero. */
  final AtomicLong nanos = new AtomicLong(5_000_000_000L);

  /** The time of day, in milliseconds since the epoch. */
  final AtomicLong millis = new AtomicLong(1_795_000_000_000L);

  final List<String> failures = new ArrayList<>();

  /** What the log was told, in order. */
  final List<String> lines = new ArrayList<>();

  final Guard guard;

  GuardedService(String policy) {
    this.guard = new Guard(Policies.parse(policy), nanos::get, millis::get, new Failures());
  }

  /** One that has a chat route, and the key {@code sk-a} whose limits are called {@code l}. */
  static GuardedService limited(String... lines) {
    return new GuardedService(LIMITED + String.join("\n", lines));
  }

  /** A call with that key, of two tokens of input. */
  static Request call(int maxTokens) {
    return Request.chat("m", 5, maxTokens).key("sk-a");
  }

  void reload(String policy) {
    guard.install(Policies.parse(policy));
  }

  void pass(long milliseconds) {
    nanos.addAndGet(milliseconds * 1_000_000);
    millis.addAndGet(milliseconds);
  }

  /** Both stages, as a shell goes through them. */
  Decision judge(Request request) {
    Decision decision = guard.arrive(request);
    return decision instanceof Decision.Proceed proceed
        ? guard.enter(proceed.arrival(), request, request)
        : decision;
  }

  Decision.Admit admit(Request request) {
    Decision decision = judge(request);
    assertThat(decision).isInstanceOf(Decision.Admit.class);
    return (Decision.Admit) decision;
  }

  Decision.Reject reject(Request request) {
    Decision decision = judge(request);
    assertThat(decision).isInstanceOf(Decision.Reject.class);
    return (Decision.Reject) decision;
  }

  /** Why a request is refused. */
  Reason refusal(Request request) {
    return reject(request).reason();
  }

  static String body(Decision.Reject reject) {
    return new String(reject.refusal().body(), StandardCharsets.UTF_8);
  }

  /** Ends an admitted call with an answer that names the tokens it took. */
  static void answer(Decision.Admit admitted, long totalTokens) {
    byte[] json =
        ("{\"usage\":{\"total_tokens\":" + totalTokens + "}}").getBytes(StandardCharsets.UTF_8);
    admitted.lease().answer(200, "application/json", null);
    admitted.lease().meter(json, 0, json.length);
    admitted.lease().close(Outcome.COMPLETED);
  }

  private final class Failures implements Log {
    @Override
    public void info(String message) {
      lines.add(message);
    }

    @Override
    public void warn(String message) {
      lines.add(message);
    }

    @Override
    public void error(String message, Throwable cause) {
      failures.add(message + ": " + cause);
    }
  }
}
