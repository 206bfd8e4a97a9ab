package io.ostiary.core;

import org.jspecify.annotations.Nullable;

/** What a call is expected to take: the estimate of its input, and the most its output may be. Both in tokens. */
record Price(long input, long output) {

  /** A call's default reservation may not eat more than this part of the smallest budget it meets. */
  private static final long DEFAULT_SHARE = 4;

  /**
   * The price of a call.
   *
   * @param body the JSON body that was scanned, or {@code null}
   * @param inputBytes the bytes of text in the request, where no body was scanned
   * @param smallestBudget the burst of the smallest token budget that will be asked
   */
  static Price of(
      RequestFields fields,
      @Nullable JsonScanner body,
      long inputBytes,
      long defaultOutput,
      long smallestBudget) {
    long input = tokens(body == null ? inputBytes : body.textBytes());
    long cap = body == null ? -1 : fields.outputCap(body);
    if (cap < 0) {
      cap =
          Math.min(
              defaultOutput * (body == null ? 1 : fields.choices(body)),
              smallestBudget / DEFAULT_SHARE);
    }
    return new Price(input, cap);
  }

  /** UTF-8 bytes ÷ 4, rounded up: within 0.77 to 1.24 of the truth on English, Chinese, Japanese, code and JSON. */
  static long tokens(long textBytes) {
    return (textBytes + 3) / 4;
  }

  /** What a token budget is asked for: a call always costs something. */
  long total() {
    return Math.max(1, input + output);
  }
}
