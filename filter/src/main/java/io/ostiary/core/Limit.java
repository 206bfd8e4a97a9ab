package io.ostiary.core;

import java.time.Duration;

/**
 * One budget: {@code count} in a period, refilled evenly, or at one time.
 *
 * @param count how much one period gives, 1 to 10⁹
 * @param burst how much may be saved up and spent at once, 1 to 10⁹
 * @param observed whether it only tells what it would refuse, and refuses nothing
 */
record Limit(Kind kind, long count, long burst, boolean observed) {

  /** A limit that is enforced. */
  Limit(Kind kind, long count, long burst) {
    this(kind, count, burst, false);
  }

  /** What a budget counts of a call. */
  enum Unit {
    /** The call itself, as one. */
    REQUESTS,
    /** The tokens of its input and its output. */
    TOKENS,
    /** The tokens of its input. */
    INPUT_TOKENS,
    /** The tokens of its output. */
    OUTPUT_TOKENS,
    /** The call itself, as one, for as long as it runs. */
    RUNNING
  }

  /** What is counted, and over what time. */
  enum Kind {
    /** Requests a second. */
    QPS(Unit.REQUESTS, Duration.ofSeconds(1), Reason.QPS_EXCEEDED, "requests per second"),
    /** Requests a minute. */
    RPM(Unit.REQUESTS, Duration.ofMinutes(1), Reason.RPM_EXCEEDED, "requests per minute"),
    /** Requests in 24 hours. */
    RPD(Unit.REQUESTS, Duration.ofDays(1), Reason.RPD_EXCEEDED, "requests per day"),
    /** Tokens a minute. */
    TPM(Unit.TOKENS, Duration.ofMinutes(1), Reason.TPM_EXCEEDED, "tokens per minute"),
    /** Input tokens a minute. */
    ITPM(Unit.INPUT_TOKENS, Duration.ofMinutes(1), Reason.ITPM_EXCEEDED, "input tokens per minute"),
    /** Output tokens a minute. */
    OTPM(
        Unit.OUTPUT_TOKENS,
        Duration.ofMinutes(1),
        Reason.OTPM_EXCEEDED,
        "output tokens per minute"),
    /** Tokens in 24 hours. */
    TPD(Unit.TOKENS, Duration.ofDays(1), Reason.TPD_EXCEEDED, "tokens per day"),
    /** Calls at one time. */
    CONCURRENT(Unit.RUNNING, Duration.ZERO, Reason.CONCURRENCY_EXCEEDED, "concurrent requests");

    private final Unit unit;
    private final Duration period;
    private final Reason reason;
    private final String words;

    Kind(Unit unit, Duration period, Reason reason, String words) {
      this.unit = unit;
      this.period = period;
      this.reason = reason;
      this.words = words;
    }

    Unit unit() {
      return unit;
    }

    Duration period() {
      return period;
    }

    /** Why a call is refused when this budget is used up. */
    Reason reason() {
      return reason;
    }

    /** What is counted, as a text names it. */
    String words() {
      return words;
    }

    /** Whether it is of what runs at one time; then there is no period, and nothing to save up. */
    boolean countsRunning() {
      return unit == Unit.RUNNING;
    }

    /** Whether the cost of a call is told in tokens; otherwise a call costs one. */
    boolean countsTokens() {
      return unit != Unit.REQUESTS && unit != Unit.RUNNING;
    }
  }
}
