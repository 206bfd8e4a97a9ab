package io.ostiary.core;

/**
 * One budget in force: a limit and what is left of it. After a reload another meter, with another limit, may stand for the
 * same budget, so whatever is given back or charged late still reaches the budget it came from.
 */
sealed interface Meter permits RateMeter, ConcurrencyMeter {

  /** The answer of {@link #nanosUntil} for a cost that is above the whole budget. */
  long NEVER = Long.MAX_VALUE;

  /** The answer of {@link #draw} when the budget could not pay; no level is that low. */
  long REFUSED = Long.MIN_VALUE;

  Limit limit();

  /** The most that can be drawn at once, in decimal digits. */
  String burst();

  /**
   * Takes a cost, all of it or nothing.
   *
   * @param cost zero or more
   * @return what is left to draw, or {@link #REFUSED}
   */
  long draw(long cost);

  /**
   * How long a caller that comes alone would have to wait for a cost.
   *
   * @return nanoseconds, zero if it could be drawn now, {@link #NEVER} if it is above the whole budget
   */
  long nanosUntil(long cost);

  /** How long, from a level, until the budget is full again, in nanoseconds. */
  long nanosToFull(long level);

  /** Returns what was drawn and not used; the budget never rises above its burst. */
  void giveBack(long amount);

  /**
   * Takes what was used beyond what was drawn, if need be into debt: later calls wait for it. No honest charge makes a debt of
   * decades; one that would is cut to that.
   */
  void charge(long amount);

  /** What can be drawn at this moment; negative in debt. */
  long level();
}
