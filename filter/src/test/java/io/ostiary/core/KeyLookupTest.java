package io.ostiary.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** K2: finding a key takes as long among many as among few. */
class KeyLookupTest {

  private static final int FEW = 10;
  private static final int MANY = 100_000;
  private static final int ROUNDS = 100;
  private static final int BATCHES = 200;
  private static final int CALLS = 50;

  /** Both are measured in turns, and the calmest round of each is compared, with more rounds on a busy machine: it must not decide. */
  @Test
  void costs_no_more_among_100_000_keys_than_among_10() {
    Guard few = guard(FEW);
    Guard many = guard(MANY);
    long bestFew = Long.MAX_VALUE;
    long bestMany = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS && (round < 3 || bestMany > 2 * bestFew); round++) {
      bestFew = Math.min(bestFew, p99(few, FEW));
      bestMany = Math.min(bestMany, p99(many, MANY));
    }
    assertThat(bestMany).isLessThanOrEqualTo(2 * bestFew);
  }

  private static Guard guard(int keys) {
    StringBuilder policy = new StringBuilder("route.all.paths = /v1/models\n");
    for (int i = 0; i < keys; i++) {
      policy.append("key.k").append(i).append(".sha256 = ");
      policy.append(Policies.sha256("sk-" + i)).append('\n');
    }
    return new GuardedService(policy.toString()).guard;
  }

  /** The 99th percentile over batches of calls with keys from all over the file, in nanoseconds a batch. */
  private static long p99(Guard guard, int keys) {
    Request[] requests = new Request[CALLS];
    for (int i = 0; i < CALLS; i++) {
      int key = (int) ((i * 7919L) % keys);
      requests[i] = Request.get("/v1/models").key("sk-" + key);
    }
    long[] nanos = new long[BATCHES];
    for (int batch = 0; batch < BATCHES; batch++) {
      long start = System.nanoTime();
      for (Request request : requests) {
        if (!(guard.arrive(request) instanceof Decision.Proceed)) {
          throw new AssertionError("refused");
        }
      }
      nanos[batch] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    return nanos[BATCHES * 99 / 100];
  }
}
