package io.ostiary.core;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How many failed authentications each {@link Origin} has made lately, as a sketch of fixed size (count-min): every origin has a
 * place in each of four rows, which it shares with others, and is taken to have failed as often as the place says where that is
 * least. Strangers choose the origins, so nothing is kept of one by itself: there is nothing that could grow, and nothing to
 * evict. What collides is counted as more, never as less.
 *
 * <p>A place holds the moment at which its budget is full again, in nanoseconds since this was made; a failure moves it on by
 * what one failure takes to be forgiven (GCRA). Any thread may use it.
 */
final class FailedKeys {

  private static final int ROWS = 4;
  private static final int ROW_BITS = 14;
  private static final int ROW = 1 << ROW_BITS;

  private final LongSupplier nanoTime;
  private final long start;
  private final long seed;

  /** The latest moment at which some origin may still be refused; none before it is passed has to be looked up. */
  private final AtomicLong refusedUntil = new AtomicLong();

  /** Made at the first failure. */
  private volatile @Nullable AtomicLongArray places;

  /**
   * No failures yet.
   *
   * @param nanoTime a monotonic clock
   * @param seed a secret number, by which nobody can choose an origin to share the places of another
   */
  FailedKeys(LongSupplier nanoTime, long seed) {
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
    this.seed = seed;
  }

  /** Whether no origin at all is refused, so that nobody's has to be known. */
  boolean isQuiet() {
    long until = refusedUntil.get();
    return until == 0 || now() >= until;
  }

  /** How long an origin has to wait until it may fail once more, in nanoseconds; zero if it may now. */
  long wait(long origin, Limit budget) {
    AtomicLongArray all = places;
    if (all == null) {
      return 0;
    }
    long full = Long.MAX_VALUE;
    for (int row = 0; row < ROWS; row++) {
      full = Math.min(full, all.get(place(origin, row)));
    }
    return Math.max(0, full - now() - slack(budget));
  }

  /** An origin has failed once more. */
  void count(long origin, Limit budget) {
    AtomicLongArray all = existing();
    long now = now();
    long least = Long.MAX_VALUE;
    for (int row = 0; row < ROWS; row++) {
      long full =
          all.accumulateAndGet(
              place(origin, row), cost(budget), (old, cost) -> Math.max(old, now) + cost);
      least = Math.min(least, full);
    }
    refusedUntil.accumulateAndGet(least - slack(budget), Math::max);
  }

  private synchronized AtomicLongArray existing() {
    AtomicLongArray all = places;
    if (all == null) {
      all = new AtomicLongArray(ROWS * ROW);
      places = all;
    }
    return all;
  }

  private int place(long origin, int row) {
    return row * ROW
        + (int) (mixed(origin ^ (seed + row * 0x9e3779b97f4a7c15L)) >>> (64 - ROW_BITS));
  }

  /** The finalizer of SplittableRandom (Stafford's variant 13), twice, with the seed between. */
  private long mixed(long bits) {
    return mix(mix(bits) + seed);
  }

  private static long mix(long bits) {
    long z = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  private static long cost(Limit budget) {
    return Math.max(1, budget.kind().period().toNanos() / budget.count());
  }

  /** How far a budget may be from full and still pay for one failure. */
  private static long slack(Limit budget) {
    // In floating point: the product may overflow, and centuries are as good as for ever.
    return (long) Math.min((budget.burst() - 1) * (double) cost(budget), 1L << 60);
  }

  private long now() {
    return nanoTime.getAsLong() - start;
  }
}
