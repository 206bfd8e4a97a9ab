package example.chat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** How much each text that was read has to do with a question: the rarer a token that both have, the more. */
final class Relevance {

  private static final double FLOOR = 0.02;

  private final List<Set<String>> texts;
  private final Map<String, Integer> frequency = new HashMap<>();

  Relevance(List<List<String>> texts) {
    this.texts = texts.stream().map(Relevance::words).toList();
    for (Set<String> text : this.texts) {
      text.forEach(word -> frequency.merge(word, 1, Integer::sum));
    }
  }

  /** A weight for each text, above 0 and about 1 at most; all alike when the question has nothing in common with any. */
  double[] of(List<String> question) {
    Set<String> asked = words(question);
    double[] weights = texts.stream().mapToDouble(text -> shared(asked, text)).toArray();
    double best = Arrays.stream(weights).max().orElse(0);
    for (int i = 0; i < weights.length; i++) {
      double share = best == 0 ? 1 : weights[i] / best;
      weights[i] = Math.pow(FLOOR + share, 4);
    }
    return weights;
  }

  private double shared(Set<String> asked, Set<String> text) {
    double sum = 0;
    for (String word : asked) {
      if (text.contains(word)) {
        sum += Math.log((double) (texts.size() + 1) / frequency.getOrDefault(word, 1));
      }
    }
    return sum;
  }

  private static Set<String> words(List<String> tokens) {
    Set<String> words = new HashSet<>();
    for (String token : tokens) {
      String word = token.strip().toLowerCase(Locale.ROOT);
      if (!word.isEmpty() && Character.isLetterOrDigit(word.codePointAt(0))) {
        words.add(word);
      }
    }
    return words;
  }
}
