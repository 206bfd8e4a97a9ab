package io.ostiary.core;

import java.util.List;

/**
 * Budgets of requests, over time and at one time, in the form of draft-ietf-httpapi-ratelimit-headers-10: two lists of structured
 * fields (RFC 9651), the policies and how they stand. The time told with a budget is how long its remaining quota holds, that is
 * until it gives one request more.
 *
 * <p>A refusal tells of no time after its {@code Retry-After}: a client that heeds both would otherwise wait for a budget that
 * did not refuse it.
 */
final class StructuredLimits {

  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final long retryAfterNanos;
  private final StringBuilder policies = new StringBuilder();
  private final StringBuilder levels = new StringBuilder();

  /**
   * No budgets yet.
   *
   * @param retryAfterNanos when a refused call may come again, in nanoseconds from now; 0 if it is not refused, or never may
   */
  StructuredLimits(long retryAfterNanos) {
    this.retryAfterNanos = retryAfterNanos;
  }

  /** Adds a budget as it stands; no other of its kind may follow, since the kind is its name. */
  void add(Meter meter, long level) {
    Limit limit = meter.limit();
    String name = (policies.length() == 0 ? "\"" : ", \"") + Choice.word(limit.kind()) + "\"";
    policies.append(name).append(";q=").append(limit.count());
    long left = Math.max(0, level);
    levels.append(name).append(";r=").append(left);
    if (limit.kind().countsRunning()) {
      policies.append(";qu=\"concurrent-requests\"");
    } else {
      policies.append(";w=").append(limit.kind().period().toSeconds());
      time(left < limit.burst() ? meter.nanosUntil(left + 1) : 0);
    }
  }

  private void time(long nanos) {
    if (retryAfterNanos == 0 || nanos <= retryAfterNanos) {
      levels.append(";t=").append(BudgetHeaders.ceiling(nanos, NANOS_PER_SECOND));
    }
  }

  /** Writes what was added; nothing if there was nothing. */
  void tell(List<Header> headers) {
    if (policies.length() > 0) {
      headers.add(new Header("RateLimit-Policy", policies.toString()));
      headers.add(new Header("RateLimit", levels.toString()));
    }
  }
}
