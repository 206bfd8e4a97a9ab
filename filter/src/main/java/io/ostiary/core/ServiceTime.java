package io.ostiary.core;

/** How long calls have lately taken, as a moving mean over about the last eight. Guarded by its owner's lock. */
final class ServiceTime {

  private static final int WEIGHT = 8;

  /** What is said before any call has ended. */
  private static final long UNKNOWN = 1_000_000_000L;

  private long mean = -1;

  void took(long nanos) {
    mean = mean < 0 ? nanos : mean + (nanos - mean) / WEIGHT;
  }

  /**
   * When so many calls will have ended, of those that so many workers take one after another.
   *
   * @return nanoseconds, 1 at least
   */
  long nanosFor(long calls, long workers) {
    double estimate = (double) (mean < 0 ? UNKNOWN : mean) * calls / Math.max(1, workers);
    return Math.max(1, (long) estimate);
  }
}
