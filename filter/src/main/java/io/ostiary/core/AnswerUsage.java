package io.ostiary.core;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What an answer tells of the tokens it took, read from its {@code usage} object as the bytes pass by. Nothing of the answer
 * is kept but a scanner's state. An answer that cannot be read — a stream, or one the app compressed — keeps the reservation.
 */
final class AnswerUsage {

  private static final Fields USAGE =
      Fields.of(
          "usage.total_tokens",
          "usage.prompt_tokens",
          "usage.completion_tokens",
          "usage.input_tokens",
          "usage.output_tokens");

  /** In place of a status, for an answer of which nothing is shown: one on an upgraded connection. */
  private static final int UNSEEN = 0;

  private static final int TOTAL = 0;
  private static final int PROMPT = 1;
  private static final int COMPLETION = 2;
  private static final int INPUT = 3;
  private static final int OUTPUT = 4;

  private @Nullable JsonScanner scanner;
  private int status = UNSEEN;
  private long bytes;

  void head(int status, @Nullable String contentType, @Nullable String contentEncoding) {
    this.status = status;
    boolean plain = contentEncoding == null || contentEncoding.equalsIgnoreCase("identity");
    if (plain && contentType != null && MediaType.isJson(contentType.toLowerCase(Locale.ROOT))) {
      scanner = JsonScanner.lenient(USAGE);
    }
  }

  void bytes(byte[] bytes, int offset, int length) {
    this.bytes += length;
    if (scanner != null) {
      scanner.accept(bytes, offset, length);
    }
  }

  /**
   * What the call is charged.
   *
   * @param input the estimate of the request's tokens
   * @param reserved what was drawn for it
   */
  long charge(long input, long reserved) {
    if (status == UNSEEN) {
      return reserved;
    }
    if (status >= 400 || bytes == 0) {
      return 0;
    }
    if (scanner == null) {
      return reserved;
    }
    scanner.finish();
    long used = scanner.problem() == null ? used(scanner) : 0;
    return used > 0 ? used : input + Price.tokens(scanner.textBytes());
  }

  private static long used(JsonScanner answer) {
    long total = count(answer, TOTAL);
    return total > 0
        ? total
        : Math.max(
            count(answer, PROMPT) + count(answer, COMPLETION),
            count(answer, INPUT) + count(answer, OUTPUT));
  }

  /** A count that the app made up cannot do more harm than a very large one. */
  private static long count(JsonScanner answer, int field) {
    long value = answer.kind(field) == JsonScanner.Kind.NUMBER ? answer.integer(field) : 0;
    return Math.max(0, Math.min(value, Integer.MAX_VALUE));
  }
}
