package io.ostiary.core;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Guesses which word was meant, by the fewest insertions, deletions, replacements and swaps of neighbours. */
public final class Nearest {

  private static final int LONGEST = 200;

  private Nearest() {}

  /** {@code ; did you mean "…"?}, or nothing when no candidate is near. */
  public static String hint(String word, Iterable<String> candidates) {
    String nearest = to(word, candidates);
    return nearest == null ? "" : "; did you mean \"" + nearest + "\"?";
  }

  /** The nearest candidate, not more than a third of the word away, or {@code null}. */
  static @Nullable String to(String word, Iterable<String> candidates) {
    if (word.length() > LONGEST) {
      return null;
    }
    String wanted = word.toLowerCase(Locale.ROOT);
    int best = Math.max(1, word.length() / 3) + 1;
    String nearest = null;
    for (String candidate : candidates) {
      if (Math.abs(candidate.length() - word.length()) < best) {
        int distance = distance(wanted, candidate.toLowerCase(Locale.ROOT));
        if (distance < best) {
          best = distance;
          nearest = candidate;
        }
      }
    }
    return nearest;
  }

  private static int distance(String a, String b) {
    int[] twoBack = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, Math.min(last[j], row[j - 1]) + 1);
        if (i > 1 && j > 1 && swapped(a, i, b, j)) {
          row[j] = Math.min(row[j], twoBack[j - 2] + 1);
        }
      }
      twoBack = last;
      last = row;
    }
    return last[b.length()];
  }

  private static boolean swapped(String a, int i, String b, int j) {
    return a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
  }
}
