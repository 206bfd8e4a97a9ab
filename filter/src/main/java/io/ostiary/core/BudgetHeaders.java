package io.ostiary.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Headers that tell a caller how the budgets of its call stand. Of several budgets of a sort the most constraining is told:
 * the one with the least left. Budgets that only observe are not told of.
 *
 * <p>OpenAI's form gives the time until a budget is full again as a Go duration, Anthropic's the moment in RFC 3339. The form
 * of draft-ietf-httpapi-ratelimit-headers-10 has no unit for tokens, so that only requests are told in it.
 */
final class BudgetHeaders {

  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long MILLIS_PER_SECOND = 1_000;
  private static final long SECONDS_PER_MINUTE = 60;
  private static final long MINUTES_PER_HOUR = 60;

  private static final Names OPENAI_REQUESTS = Names.openAi("requests");
  private static final Names OPENAI_TOKENS = Names.openAi("tokens");
  private static final Names ANTHROPIC_REQUESTS = Names.anthropic("requests");
  private static final Names ANTHROPIC_TOKENS = Names.anthropic("tokens");
  private static final Names ANTHROPIC_INPUT = Names.anthropic("input-tokens");
  private static final Names ANTHROPIC_OUTPUT = Names.anthropic("output-tokens");

  private final Draw draw;
  private final long wallMillis;
  private final List<Header> headers = new ArrayList<>(8);

  private record Names(String limit, String remaining, String reset) {

    static Names openAi(String what) {
      return new Names(
          "x-ratelimit-limit-" + what,
          "x-ratelimit-remaining-" + what,
          "x-ratelimit-reset-" + what);
    }

    static Names anthropic(String what) {
      String start = "anthropic-ratelimit-" + what;
      return new Names(start + "-limit", start + "-remaining", start + "-reset");
    }
  }

  private BudgetHeaders(Draw draw, long wallMillis) {
    this.draw = draw;
    this.wallMillis = wallMillis;
  }

  /**
   * The headers for a call whose budgets have been drawn on or looked at.
   *
   * @param retryAfterNanos when a refused call may come again, in nanoseconds from now; 0 if it is not refused, or never may
   * @param wallMillis the time of day, in milliseconds since the epoch
   */
  static List<Header> of(
      Draw draw, Policy policy, Dialect dialect, long retryAfterNanos, long wallMillis) {
    BudgetHeaders told = new BudgetHeaders(draw, wallMillis);
    if (policy.vendorHeaders() && dialect.tellsLimitsAsAnthropic()) {
      told.anthropic();
    } else if (policy.vendorHeaders()) {
      told.openAi();
    }
    if (policy.ietfHeaders()) {
      told.ietf(retryAfterNanos);
    }
    return told.headers;
  }

  private void openAi() {
    goForm(OPENAI_REQUESTS, tightest(Limit.Unit.REQUESTS, null));
    goForm(OPENAI_TOKENS, tightestOfTokens());
  }

  private void goForm(Names names, int budget) {
    if (budget >= 0) {
      Meter meter = draw.meter(budget);
      long level = draw.level(budget);
      headers.add(new Header(names.limit, meter.burst()));
      headers.add(new Header(names.remaining, Long.toString(Math.max(0, level))));
      headers.add(new Header(names.reset, duration(meter.nanosToFull(level))));
    }
  }

  private void anthropic() {
    rfcForm(ANTHROPIC_REQUESTS, tightest(Limit.Unit.REQUESTS, null));
    rfcForm(ANTHROPIC_TOKENS, tightestOfTokens());
    rfcForm(ANTHROPIC_INPUT, tightest(Limit.Unit.INPUT_TOKENS, null));
    rfcForm(ANTHROPIC_OUTPUT, tightest(Limit.Unit.OUTPUT_TOKENS, null));
  }

  private void rfcForm(Names names, int budget) {
    if (budget >= 0) {
      Meter meter = draw.meter(budget);
      long level = draw.level(budget);
      long fullAt = wallMillis + ceiling(meter.nanosToFull(level), NANOS_PER_MILLI);
      headers.add(new Header(names.limit, meter.burst()));
      headers.add(new Header(names.remaining, Long.toString(Math.max(0, level))));
      headers.add(
          new Header(
              names.reset, Instant.ofEpochSecond(ceiling(fullAt, MILLIS_PER_SECOND)).toString()));
    }
  }

  private void ietf(long retryAfterNanos) {
    StructuredLimits limits = new StructuredLimits(retryAfterNanos);
    for (Limit.Kind kind : Limit.Kind.values()) {
      int budget = kind.countsTokens() ? -1 : tightest(kind.unit(), kind);
      if (budget >= 0) {
        limits.add(draw.meter(budget), draw.level(budget));
      }
    }
    limits.tell(headers);
  }

  private int tightestOfTokens() {
    int tokens = tightest(Limit.Unit.TOKENS, null);
    int input = tightest(Limit.Unit.INPUT_TOKENS, null);
    int output = tightest(Limit.Unit.OUTPUT_TOKENS, null);
    return tokens >= 0 ? tokens : tighter(input, output);
  }

  /** The budget of a unit, and of a kind if one is named, with the least left; −1 if there is none. */
  private int tightest(Limit.Unit unit, Limit.@Nullable Kind kind) {
    int tightest = -1;
    for (int i = 0; i < draw.size(); i++) {
      Limit limit = draw.meter(i).limit();
      boolean meant = limit.kind().unit() == unit && (kind == null || limit.kind() == kind);
      if (meant && !limit.observed()) {
        tightest = tighter(tightest, i);
      }
    }
    return tightest;
  }

  private int tighter(int one, int other) {
    if (one < 0 || other < 0) {
      return Math.max(one, other);
    }
    return draw.level(other) < draw.level(one) ? other : one;
  }

  /** A duration as Go writes it, rounded up to milliseconds: {@code 12ms}, {@code 1s}, {@code 1.5s}, {@code 6m0s}. */
  static String duration(long nanos) {
    long millis = ceiling(nanos, NANOS_PER_MILLI);
    if (millis < MILLIS_PER_SECOND) {
      return millis == 0 ? "0s" : Long.toString(millis).concat("ms");
    }
    long seconds = millis / MILLIS_PER_SECOND;
    long minutes = seconds / SECONDS_PER_MINUTE;
    long hours = minutes / MINUTES_PER_HOUR;
    StringBuilder text = new StringBuilder(16);
    if (hours > 0) {
      text.append(hours).append('h');
    }
    if (minutes > 0) {
      text.append(minutes % MINUTES_PER_HOUR).append('m');
    }
    text.append(seconds % SECONDS_PER_MINUTE);
    long rest = millis % MILLIS_PER_SECOND;
    if (rest > 0) {
      text.append('.').append(rest / 100);
      if (rest % 100 > 0) {
        text.append(rest / 10 % 10);
      }
      if (rest % 10 > 0) {
        text.append(rest % 10);
      }
    }
    return text.append('s').toString();
  }

  static long ceiling(long amount, long unit) {
    return amount <= 0 ? 0 : (amount - 1) / unit + 1;
  }
}
