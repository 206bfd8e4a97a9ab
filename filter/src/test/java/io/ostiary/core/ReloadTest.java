package io.ostiary.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** K3: 100 reloads of a real file under more than 2,000 calls a second give no wrong decision. */
class ReloadTest {

  private static final int RELOADS = 100;

  /** One policy lets the key call "one" from one address, the other "two" from another: no mixture of them may be in force. */
  private static final String POLICY =
      """
      reload.interval = 10ms
      route.chat.paths = /v1/chat/completions
      route.chat.model = body model
      key.a.sha256 = %s
      key.a.models = %s
      key.a.ips = %s
      """;

  private static final String ONE = policy("one", "192.0.2.1");
  private static final String TWO = policy("two", "192.0.2.2");

  private final AtomicBoolean done = new AtomicBoolean();
  private final AtomicLong calls = new AtomicLong();

  private static String policy(String model, String address) {
    return POLICY.formatted(Policies.sha256("sk-a"), model, address);
  }

  private static Request call(String model, String address) {
    return Request.chat(model, 1, 1).key("sk-a").from(address);
  }

  private static boolean isAdmitted(Guard guard, Request request) {
    Decision decision = guard.arrive(request);
    if (decision instanceof Decision.Proceed proceed) {
      decision = guard.enter(proceed.arrival(), request, request);
    }
    return decision instanceof Decision.Admit;
  }

  @Test
  void takes_effect_within_a_second_and_never_in_part(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("ostiary.properties");
    Files.writeString(file, ONE, StandardCharsets.UTF_8);
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try (Guard guard = Guard.open(file, new SilentLog())) {
      List<Future<Long>> wrong = new ArrayList<>();
      wrong.add(pool.submit(() -> mixtures(guard, "one", "192.0.2.2")));
      wrong.add(pool.submit(() -> mixtures(guard, "two", "192.0.2.1")));
      long start = System.nanoTime();
      for (int reload = 1; reload <= RELOADS; reload++) {
        boolean one = reload % 2 == 0;
        replace(folder, file, one ? ONE : TWO);
        awaitAdmitted(guard, one ? "one" : "two", one ? "192.0.2.1" : "192.0.2.2");
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      done.set(true);
      for (Future<Long> each : wrong) {
        assertThat(each.get()).isZero();
      }
      assertThat(calls.get() / seconds).isGreaterThan(2_000);
    } finally {
      done.set(true);
      pool.shutdownNow();
    }
  }

  /** How many calls were admitted that no policy admits. */
  private long mixtures(Guard guard, String model, String address) {
    long admitted = 0;
    while (!done.get()) {
      admitted += isAdmitted(guard, call(model, address)) ? 1 : 0;
      calls.incrementAndGet();
    }
    return admitted;
  }

  private static void replace(Path folder, Path file, String policy) throws IOException {
    Path next = folder.resolve("next");
    Files.writeString(next, policy, StandardCharsets.UTF_8);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void awaitAdmitted(Guard guard, String model, String address) {
    long written = System.nanoTime();
    while (!isAdmitted(guard, call(model, address))) {
      assertThat(System.nanoTime() - written).isLessThan(TimeUnit.SECONDS.toNanos(1));
    }
  }
}
