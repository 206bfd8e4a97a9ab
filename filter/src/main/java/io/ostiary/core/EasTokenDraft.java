package io.ostiary.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the tokens with which PAI-EAS's SDK signs, and sees that none of them stands in the policy file. */
final class EasTokenDraft {

  private static final int MOST_TOKENS = 2;
  private static final String EXPECTED =
      "one or two of ${file:PATH} or ${NAME} were expected, without a default, each for a token of up to "
          + Credential.LONGEST
          + " visible ASCII characters";

  private final Problems problems;
  private int keys;

  EasTokenDraft(Problems problems) {
    this.problems = problems;
  }

  List<EasToken> read(@Nullable Given given) {
    if (given == null || given.broken()) {
      return List.of();
    }
    if (++keys > EasTokens.MOST_KEYS) {
      problems.about(
          given,
          "only "
              + EasTokens.MOST_KEYS
              + " keys can have one, since each signed call is tried with all of them");
    }
    String[] written = given.written().split(",", -1);
    String[] values = given.value().split(",", -1);
    boolean fits = written.length <= MOST_TOKENS && written.length == values.length;
    List<EasToken> tokens = new ArrayList<>(1);
    for (int i = 0; fits && i < values.length; i++) {
      String token = values[i].strip();
      fits = isPlaceholder(written[i].strip()) && Credential.isKey(token);
      if (fits) {
        tokens.add(new EasToken(token));
      }
    }
    if (!fits) {
      problems.at(given.place(), Problems.printable(given.text()) + ": " + EXPECTED);
    }
    return fits ? List.copyOf(tokens) : List.of();
  }

  /** Nothing of what is put in may stand in the file itself. */
  private static boolean isPlaceholder(String text) {
    boolean one = text.startsWith("${") && text.indexOf('}') == text.length() - 1;
    return one && (text.startsWith("${file:") || !text.contains(":-"));
  }
}
