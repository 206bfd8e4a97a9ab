package io.ostiary.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LeaseOfNothingTest {

  /** All calls without limits share it: none may wait for another there. */
  @Test
  void ends_without_a_look_at_who_else_is_at_it() throws InterruptedException {
    Thread ends =
        new Thread(
            () -> {
              Lease.NONE.close(Outcome.COMPLETED);
              Lease.NONE.cancel();
            });
    synchronized (Lease.NONE) {
      ends.start();
      ends.join(5_000);
      assertThat(ends.isAlive()).isFalse();
    }
  }
}
