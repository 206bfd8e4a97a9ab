package io.ostiary.core;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;

/**
 * One budget in force: a limit and the bucket behind it. After a reload another meter, with another limit, may stand for the
 * same bucket, so whatever is given back or charged late still reaches the budget it came from.
 */
final class Meter {

  /** The answer of {@link #nanosUntil} for a cost that is above the whole budget. */
  static final long NEVER = Long.MAX_VALUE;

  /** The answer of {@link #draw} when the budget could not pay; no level is that low. */
  static final long REFUSED = Long.MIN_VALUE;

  /** Some 36 years: Bucket4j counts waits in nanoseconds, and throws where they end. */
  private static final double LONGEST_DEBT_NANOS = Long.MAX_VALUE / 8.0;

  private final Limit limit;
  private final Bucket bucket;
  private final String burst;
  private final double periodNanos;
  private final long deepestDebt;

  Meter(Limit limit, Bucket bucket) {
    this.limit = limit;
    this.bucket = bucket;
    this.burst = Long.toString(limit.burst());
    this.periodNanos = limit.kind().period().toNanos();
    this.deepestDebt = (long) (LONGEST_DEBT_NANOS / periodNanos * limit.count());
  }

  Limit limit() {
    return limit;
  }

  /** The most that can be drawn at once, in decimal digits. */
  String burst() {
    return burst;
  }

  /**
   * Takes a cost, all of it or nothing.
   *
   * @param cost zero or more
   * @return what is left to draw, or {@link #REFUSED}
   */
  long draw(long cost) {
    if (cost == 0) {
      return level();
    }
    if (cost > limit.burst()) {
      return REFUSED;
    }
    ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(cost);
    return probe.isConsumed() ? probe.getRemainingTokens() : REFUSED;
  }

  /**
   * How long a caller that comes alone would have to wait for a cost.
   *
   * @return nanoseconds, zero if it could be drawn now, {@link #NEVER} if it is above the whole budget
   */
  long nanosUntil(long cost) {
    if (cost == 0) {
      return 0;
    }
    return cost > limit.burst()
        ? NEVER
        : bucket.estimateAbilityToConsume(cost).getNanosToWaitForRefill();
  }

  /** How long, from a level, until the budget is full again, in nanoseconds. */
  long nanosToFull(long level) {
    long missing = Math.max(0, limit.burst() - level);
    // In floating point: missing × period would overflow, and nobody waits for single nanoseconds.
    return (long) Math.ceil(missing * periodNanos / limit.count());
  }

  /** Returns what was drawn and not used; the budget never rises above its burst. */
  void giveBack(long amount) {
    if (amount > 0) {
      bucket.addTokens(amount);
    }
  }

  /**
   * Takes what was used beyond what was drawn, if need be into debt: later calls wait for it. No honest charge makes a debt of
   * decades; one that would is cut to that.
   */
  void charge(long amount) {
    long possible = amount <= 0 ? 0 : Math.min(amount, level() + deepestDebt);
    if (possible > 0) {
      bucket.consumeIgnoringRateLimits(possible);
    }
  }

  /** What can be drawn at this moment; negative in debt. */
  long level() {
    return bucket.getAvailableTokens();
  }
}
