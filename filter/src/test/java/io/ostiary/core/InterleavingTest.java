package io.ostiary.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** R6: what becomes of a call in whatever order things happen to it, beside a model of it that only counts. */
class InterleavingTest {

  private static final int BUDGET = 1_000_000_000;
  private static final int INPUT = 2;
  private static final Outcome[] OUTCOMES = Outcome.values();

  private final RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
  private final GuardedService service =
      new GuardedService(
          """
          tokens.estimate = bytes
          route.chat.paths = /v1/chat/completions
          route.chat.model = body model
          key.a.sha256 = %s
          key.a.limits = l
          limits.l = tpm %d
          """
              .formatted(Policies.sha256("sk-a"), BUDGET));

  /** A call and what it ought to be charged. */
  private final class Counted {

    final Lease lease = service.admit(Request.chat("m", 5, random.nextInt(60)).key("sk-a")).lease();
    boolean over;
    boolean failed;
    long charge;
    private long input;
    private long told;
    private long text;
    private boolean began;

    Counted() {
      begin();
    }

    void begin() {
      lease.answer(200, "text/event-stream", null);
      if (!over) {
        input = INPUT;
        told = 0;
        text = 0;
        began = false;
        failed = false;
      }
    }

    void status() {
      lease.status(503);
      failed |= !over;
    }

    void say() {
      write("{\"choices\":[{\"delta\":{\"content\":\"8 bytes.\"}}]}");
      text += over ? 0 : 2;
    }

    void tell(int promptTokens, int completionTokens) {
      write(
          "{\"choices\":[],\"usage\":{\"prompt_tokens\":%d,\"completion_tokens\":%d}}"
              .formatted(promptTokens, completionTokens));
      if (!over) {
        input = promptTokens;
        told = completionTokens;
        text = 0;
      }
    }

    private void write(String data) {
      byte[] bytes = ("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
      lease.meter(bytes, 0, bytes.length);
      began |= !over;
    }

    void close(Outcome outcome) {
      lease.close(outcome);
      if (!over) {
        over = true;
        boolean reported = told > 0;
        if (failed && !reported) {
          charge = 0;
        } else if (began) {
          charge = input + told + text;
        } else {
          charge = outcome == Outcome.ABORTED ? INPUT : 0;
        }
      }
    }

    void cancel() {
      lease.cancel();
      over = true;
    }
  }

  private long charged() {
    Decision.Reject reject = service.reject(Request.chat("m", 1, BUDGET).key("sk-a"));
    assertThat(reject.reason()).isEqualTo(Reason.TOKENS_NEVER_FIT);
    return reject.refusal().headers().stream()
        .filter(header -> header.name().equals("x-ratelimit-remaining-tokens"))
        .mapToLong(header -> BUDGET - Long.parseLong(header.value()))
        .sum();
  }

  private Outcome anyOutcome() {
    return OUTCOMES[random.nextInt(OUTCOMES.length)];
  }

  /** R6: 10⁵ orders of pieces, reports, new beginnings, late errors and ends, of which only the first counts. */
  @Test
  void charges_once_in_whatever_order_things_happen() {
    long expected = 0;
    for (int i = 0; i < 100_000; i++) {
      Counted call = new Counted();
      for (int step = random.nextInt(8); step >= 0; step--) {
        switch (random.nextInt(12)) {
          case 0 -> call.begin();
          case 1 -> call.status();
          case 2, 3 -> call.tell(random.nextInt(1, 50), random.nextInt(1, 90));
          case 4 -> call.close(anyOutcome());
          case 5 -> {
            if (random.nextInt(4) == 0) {
              call.cancel();
            }
          }
          default -> call.say();
        }
      }
      call.close(anyOutcome());
      expected += call.charge;
    }
    assertThat(charged()).isEqualTo(expected);
    assertThat(service.failures).isEmpty();
  }

  /** R6: the container ends the call while the app writes: some pieces are charged, none twice, and nothing after. */
  @Test
  void charges_a_prefix_when_the_end_races_with_the_answer() throws Exception {
    ExecutorService container = Executors.newSingleThreadExecutor();
    CyclicBarrier together = new CyclicBarrier(2);
    try {
      long before = charged();
      for (int i = 0; i < 5_000; i++) {
        Counted call = new Counted();
        int pieces = random.nextInt(1, 6);
        Outcome outcome = anyOutcome();
        Future<?> end =
            container.submit(
                () -> {
                  together.await();
                  call.lease.close(outcome);
                  return null;
                });
        together.await();
        for (int piece = 0; piece < pieces; piece++) {
          call.say();
        }
        end.get();
        long charge = charged() - before;
        before += charge;
        boolean free = charge == 0 && outcome != Outcome.ABORTED;
        boolean aPrefix = charge >= INPUT && charge <= INPUT + 2L * pieces && charge % 2 == 0;
        assertThat(free || aPrefix).as("%d for %d pieces, %s", charge, pieces, outcome).isTrue();
      }
    } finally {
      container.shutdownNow();
    }
  }
}
