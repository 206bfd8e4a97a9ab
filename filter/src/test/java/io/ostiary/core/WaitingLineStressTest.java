package io.ostiary.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * The hand-off of places between threads, as often as {@code -Dostiary.handoffs} says. That nobody is ever forgotten shows in
 * that every wait ends by itself: a waiter that was missed would park to the end of its patience, and fail the test.
 */
class WaitingLineStressTest {

  private static final int HANDOFFS = Integer.getInteger("ostiary.handoffs", 1_000_000);
  private static final List<Priority> PRIORITIES =
      List.of(Priority.HIGH, Priority.NORMAL, Priority.LOW, Priority.NORMAL);
  private static final int WORKERS = 3;
  private static final int THREADS = 12;
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);

  private final WaitingLine line = new WaitingLine(System::nanoTime);
  private final AtomicLong left = new AtomicLong(HANDOFFS);
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger waits = new AtomicInteger();

  @Test
  void never_lets_more_run_than_allowed_and_forgets_nobody() throws Exception {
    List<Turn> turns = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      turns.add(line.turnOf("key-" + i, PRIORITIES.get(i)));
    }
    line.resize(WORKERS, THREADS, true, Set.of("key-0", "key-1", "key-2", "key-3"));
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> callers = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        Turn turn = turns.get(i % turns.size());
        callers.add(pool.submit(() -> callOften(turn)));
      }
      for (Future<?> caller : callers) {
        caller.get(5, TimeUnit.MINUTES);
      }
    } finally {
      pool.shutdownNow();
    }

    assertThat(line.running()).isZero();
    assertThat(line.waiting()).isZero();
    assertThat(waits.get()).as("calls that had to wait").isGreaterThan(HANDOFFS / 100);
  }

  private void callOften(Turn turn) {
    RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
    while (left.decrementAndGet() >= 0) {
      Ticket ticket = line.join(turn);
      if (ticket == null) {
        throw new AssertionError("there is a place for every thread");
      }
      boolean impatient = random.nextInt(16) == 0;
      if (await(ticket, impatient ? random.nextInt(20_000) : PATIENCE, impatient)) {
        assertThat(running.incrementAndGet()).isLessThanOrEqualTo(WORKERS);
        if (random.nextInt(8) == 0) {
          // Lets others run meanwhile, also on a machine with fewer processors than workers.
          LockSupport.parkNanos(1);
        }
        running.decrementAndGet();
      }
      ticket.leave();
    }
  }

  /** Waits until the ticket is called; answers whether it runs. */
  private boolean await(Ticket ticket, long nanos, boolean mayGiveUp) {
    long start = System.nanoTime();
    boolean waited = false;
    while (ticket.isWaiting()) {
      waited = true;
      long rest = start + nanos - System.nanoTime();
      if (rest <= 0) {
        assertThat(mayGiveUp).as("a call was forgotten").isTrue();
        return ticket.giveUpWaiting() == Ticket.State.RUNNING;
      }
      ticket.park(rest);
    }
    // Who was called, and not woken, finds out when it has waited for as long as it would.
    assertThat(mayGiveUp || System.nanoTime() - start < PATIENCE).as("a call was woken").isTrue();
    if (waited) {
      waits.incrementAndGet();
    }
    return true;
  }
}
