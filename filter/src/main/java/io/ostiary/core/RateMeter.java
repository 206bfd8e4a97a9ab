package io.ostiary.core;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;

/** A budget that refills with time, and the bucket behind it. */
final class RateMeter implements Meter {

  /** Some 36 years: Bucket4j counts waits in nanoseconds, and throws where they end. */
  private static final double LONGEST_DEBT_NANOS = Long.MAX_VALUE / 8.0;

  private final Limit limit;
  private final Bucket bucket;
  private final String burst;
  private final double periodNanos;
  private final long deepestDebt;

  RateMeter(Limit limit, Bucket bucket) {
    this.limit = limit;
    this.bucket = bucket;
    this.burst = Long.toString(limit.burst());
    this.periodNanos = limit.kind().period().toNanos();
    this.deepestDebt = (long) (LONGEST_DEBT_NANOS / periodNanos * limit.count());
  }

  @Override
  public Limit limit() {
    return limit;
  }

  @Override
  public String burst() {
    return burst;
  }

  @Override
  public long draw(long cost) {
    if (cost == 0) {
      return level();
    }
    if (cost > limit.burst()) {
      return REFUSED;
    }
    ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(cost);
    return probe.isConsumed() ? probe.getRemainingTokens() : REFUSED;
  }

  @Override
  public long nanosUntil(long cost) {
    if (cost == 0) {
      return 0;
    }
    return cost > limit.burst()
        ? NEVER
        : bucket.estimateAbilityToConsume(cost).getNanosToWaitForRefill();
  }

  @Override
  public long nanosToFull(long level) {
    long missing = Math.max(0, limit.burst() - level);
    // In floating point: missing × period would overflow, and nobody waits for single nanoseconds.
    return (long) Math.ceil(missing * periodNanos / limit.count());
  }

  @Override
  public void giveBack(long amount) {
    if (amount > 0) {
      bucket.addTokens(amount);
    }
  }

  @Override
  public void charge(long amount) {
    long possible = amount <= 0 ? 0 : Math.min(amount, level() + deepestDebt);
    if (possible > 0) {
      bucket.consumeIgnoringRateLimits(possible);
    }
  }

  @Override
  public long level() {
    return bucket.getAvailableTokens();
  }
}
