package io.ostiary.core;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import java.nio.charset.StandardCharsets;

/**
 * Counts the tokens of a request's text by a tokenizer of OpenAI's. A long text is counted at its beginning, and the rest is
 * taken to be alike; a text so short that a few tokens more or less decide nothing is not worth the time.
 */
final class TokenCounter {

  /** How much of a text is counted, in characters. */
  static final int MOST_COUNTED = 8 * 1024;

  /** What is shorter, in bytes, is estimated. */
  static final int LEAST_COUNTED = 64;

  private static final EncodingRegistry ENCODINGS = Encodings.newLazyEncodingRegistry();

  private final Encoding encoding;

  private TokenCounter(Encoding encoding) {
    this.encoding = encoding;
  }

  /**
   * A counter by the name of its encoding; takes up to a second and some ten megabytes when an encoding is used for the first
   * time.
   *
   * @throws LinkageError if the library is not there
   */
  static TokenCounter of(String name) {
    EncodingType type =
        EncodingType.fromName(name)
            .orElseThrow(() -> new IllegalArgumentException("there is no encoding " + name));
    return new TokenCounter(ENCODINGS.getEncoding(type));
  }

  /**
   * The tokens of the text in a JSON body.
   *
   * @param body of which it is known that it is JSON
   * @param textBytes the bytes of its text, in UTF-8
   */
  long tokens(Body body, long textBytes) {
    if (textBytes < LEAST_COUNTED) {
      return Price.estimate(textBytes);
    }
    String counted = BodyText.of(body, MOST_COUNTED);
    long countedBytes = counted.getBytes(StandardCharsets.UTF_8).length;
    if (countedBytes == 0) {
      return Price.estimate(textBytes);
    }
    double perByte = (double) encoding.countTokensOrdinary(counted) / countedBytes;
    return (long) Math.ceil(perByte * Math.max(textBytes, countedBytes));
  }
}
