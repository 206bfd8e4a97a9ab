package io.ostiary.core;

import java.time.Duration;

/**
 * One budget: {@code count} in a period, refilled evenly.
 *
 * @param count how much one period gives, 1 to 10⁹
 * @param burst how much may be saved up and spent at once, 1 to 10⁹
 */
record Limit(Kind kind, long count, long burst) {

  /** What is counted, and over what time. */
  enum Kind {
    /** Requests a second. */
    QPS(Duration.ofSeconds(1), Reason.QPS_EXCEEDED),
    /** Requests a minute. */
    RPM(Duration.ofMinutes(1), Reason.RPM_EXCEEDED),
    /** Tokens a minute. */
    TPM(Duration.ofMinutes(1), Reason.TPM_EXCEEDED);

    private final Duration period;
    private final Reason reason;

    Kind(Duration period, Reason reason) {
      this.period = period;
      this.reason = reason;
    }

    Duration period() {
      return period;
    }

    /** Why a call is refused when this budget is used up. */
    Reason reason() {
      return reason;
    }

    /** Whether the cost of a call is its tokens; otherwise a call costs one. */
    boolean countsTokens() {
      return this == TPM;
    }
  }
}
