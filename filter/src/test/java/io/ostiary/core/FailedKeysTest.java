package io.ostiary.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A sketch may take an origin for worse than it is, and never for better. */
class FailedKeysTest {

  private static final Limit BUDGET = new Limit(Limit.Kind.RPM, 60, 100);
  private static final long SECOND = 1_000_000_000L;

  private final AtomicLong nanos = new AtomicLong(-77);
  private final FailedKeys failed = new FailedKeys(nanos::get, 42);

  /** R14: nothing is evicted into a fresh budget, however many origins come. */
  @Test
  void never_takes_an_origin_for_better_than_it_is() {
    SplittableRandom random = new SplittableRandom(3);
    Map<Long, Integer> counts = new HashMap<>();
    for (int i = 0; i < 200_000; i++) {
      long origin = random.nextInt(50) == 0 ? random.nextInt(1, 20) : random.nextLong();
      failed.count(origin, BUDGET);
      counts.merge(origin, 1, Integer::sum);
    }
    counts.forEach(
        (origin, count) -> {
          if (count >= BUDGET.burst()) {
            assertThat(failed.wait(origin, BUDGET))
                .isGreaterThanOrEqualTo((count - BUDGET.burst() + 1) * SECOND);
          }
        });
    assertThat(counts.values()).anyMatch(count -> count >= BUDGET.burst());
  }

  /** Ten thousand guessers at a time are as good as no neighbour. */
  @Test
  void takes_hardly_anybody_for_one_of_ten_thousand_guessers() {
    SplittableRandom random = new SplittableRandom(4);
    for (int guesser = 0; guesser < 2_000; guesser++) {
      long origin = random.nextLong();
      for (int i = 0; i < 150; i++) {
        failed.count(origin, BUDGET);
      }
    }
    int mistaken = 0;
    for (int i = 0; i < 100_000; i++) {
      mistaken += failed.wait(random.nextLong(), BUDGET) > 0 ? 1 : 0;
    }
    assertThat(mistaken).isLessThan(100);
  }

  @Test
  void is_quiet_until_somebody_is_refused_and_once_nobody_is() {
    assertThat(failed.isQuiet()).isTrue();
    for (int i = 0; i < 99; i++) {
      failed.count(1, BUDGET);
      assertThat(failed.isQuiet()).isTrue();
      assertThat(failed.wait(1, BUDGET)).isZero();
    }
    failed.count(1, BUDGET);
    assertThat(failed.isQuiet()).isFalse();
    assertThat(failed.wait(1, BUDGET)).isEqualTo(SECOND);
    nanos.addAndGet(SECOND);
    assertThat(failed.isQuiet()).isTrue();
    assertThat(failed.wait(1, BUDGET)).isZero();
  }

  @Test
  void forgives_in_time_and_saves_up_no_more_than_a_burst() {
    for (int i = 0; i < 100; i++) {
      failed.count(1, BUDGET);
    }
    nanos.addAndGet(3_600 * SECOND);
    for (int i = 0; i < 99; i++) {
      failed.count(1, BUDGET);
    }
    assertThat(failed.wait(1, BUDGET)).isZero();
    failed.count(1, BUDGET);
    assertThat(failed.wait(1, BUDGET)).isPositive();
  }

  @Test
  void takes_budgets_that_take_centuries() {
    Limit slow = new Limit(Limit.Kind.RPD, 1, 1_000_000_000);
    failed.count(1, slow);
    assertThat(failed.wait(1, slow)).isZero();
  }

  @Test
  void loses_no_failure_to_another_thread() throws InterruptedException {
    CountDownLatch start = new CountDownLatch(1);
    Thread[] threads = new Thread[8];
    for (int i = 0; i < threads.length; i++) {
      threads[i] =
          new Thread(
              () -> {
                try {
                  start.await();
                } catch (InterruptedException e) {
                  throw new AssertionError(e);
                }
                for (int n = 0; n < 1000; n++) {
                  failed.count(9, BUDGET);
                }
              });
      threads[i].start();
    }
    start.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(failed.wait(9, BUDGET)).isEqualTo((8000 - 99) * SECOND);
  }
}
