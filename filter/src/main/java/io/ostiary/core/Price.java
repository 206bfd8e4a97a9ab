package io.ostiary.core;

import org.jspecify.annotations.Nullable;

/**
 * What a call is expected to take.
 *
 * @param plainInput the tokens of its input before any correction, which answers are compared with to learn from them
 * @param tokens what is reserved: the input as far as it is known better, and the most that its output may be
 */
record Price(long plainInput, Tokens tokens) {

  /** For calls that no budget of tokens meets. */
  static final Price NOTHING = new Price(0, Tokens.NONE);

  private static final long WHOLE = 100;

  /**
   * The price of a call.
   *
   * @param body the JSON body that was scanned, or {@code null}
   * @param textBytes the bytes of text in the request
   * @param counted the tokens of its text as a tokenizer counts them, or −1
   * @param input what is known of the model's own count
   * @param smallestBudget the burst of the smallest budget that output is paid from
   */
  static Price of(
      Route route,
      RequestFields fields,
      @Nullable JsonScanner body,
      long textBytes,
      long counted,
      Learned.@Nullable Factor input,
      long smallestBudget) {
    // A call always costs something.
    long plain = Math.max(1, counted >= 0 ? counted : estimate(textBytes));
    long cap = body == null ? -1 : fields.outputCap(body);
    if (cap < 0) {
      long choices = body == null ? 1 : fields.choices(body);
      long share = (long) ((double) smallestBudget / WHOLE * route.defaultShare());
      cap = Math.min(route.defaultOutput() * choices, share);
    }
    return new Price(plain, new Tokens(input == null ? plain : input.correct(plain), cap));
  }

  /** UTF-8 bytes ÷ 4, rounded up: within 0.77 to 1.24 of the truth on English, Chinese, Japanese, code and JSON. */
  static long estimate(long textBytes) {
    return (textBytes + 3) / 4;
  }
}
