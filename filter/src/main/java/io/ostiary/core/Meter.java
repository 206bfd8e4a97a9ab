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

  /** Bucket4j refuses extreme numbers; no honest charge comes near. */
  private static final long LARGEST_CHARGE = 1L << 40;

  private final Limit limit;
  private final Bucket bucket;
  private final String burst;
  private final double periodNanos;

  Meter(Limit limit, Bucket bucket) {
    this.limit = limit;
    this.bucket = bucket;
    this.burst = Long.toString(limit.burst());
    this.periodNanos = limit.kind().period().toNanos();
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
      bucket.addTokens(Math.min(amount, LARGEST_CHARGE));
    }
  }

  /** Takes what was used beyond what was drawn, if need be into debt: later calls wait for it. */
  void charge(long amount) {
    if (amount > 0) {
      bucket.consumeIgnoringRateLimits(Math.min(amount, LARGEST_CHARGE));
    }
  }

  /** What can be drawn at this moment; negative in debt. */
  long level() {
    return bucket.getAvailableTokens();
  }
}
