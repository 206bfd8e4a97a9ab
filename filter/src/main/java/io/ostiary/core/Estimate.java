package io.ostiary.core;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How tokens are estimated before a model has counted them.
 *
 * @param learns whether what models have counted corrects bytes ÷ 4
 * @param counter counts the text of requests, or {@code null} for bytes ÷ 4
 */
record Estimate(boolean learns, @Nullable TokenCounter counter) {

  static final Estimate BYTES = new Estimate(false, null);
  static final Estimate LEARNED = new Estimate(true, null);

  /** Reads {@code tokens.estimate}. */
  static final Function<String, Estimate> PARSER =
      text ->
          switch (text) {
            case "learned" -> LEARNED;
            case "bytes" -> BYTES;
            case "o200k_base", "cl100k_base" -> new Estimate(false, counter(text));
            default ->
                throw new IllegalArgumentException(
                    "learned or bytes or o200k_base or cl100k_base was expected");
          };

  private static TokenCounter counter(String encoding) {
    try {
      return TokenCounter.of(encoding);
    } catch (LinkageError missing) {
      throw new IllegalArgumentException(
          encoding + " needs com.knuddels:jtokkit on the class path", missing);
    }
  }
}
