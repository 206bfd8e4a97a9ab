package example.chat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * An n-gram model over tokens. It remembers which token followed which few tokens in the texts it read, and goes on as they
 * did; texts that have more in common with the question count for more.
 */
final class LanguageModel {

  static final String START = "\u0002";
  static final String END = "\u0003";

  /** What the next shorter memory may add, for a change of subject now and then. */
  private static final double BACK_OFF = 0.1;

  private final int memory;
  private final Tokenizer tokenizer;
  private final Relevance relevance;
  private final List<String> tokens = new ArrayList<>();
  private final List<Integer> textOf = new ArrayList<>();
  private final Map<List<String>, List<Integer>> goesOnAt = new HashMap<>();

  /**
   * Reads the texts.
   *
   * @param order the length of the n-grams, 2 or more: one more than the number of tokens that it looks back
   */
  LanguageModel(Tokenizer tokenizer, List<String> texts, int order) {
    this.memory = order - 1;
    this.tokenizer = tokenizer;
    List<List<String>> encoded = texts.stream().map(tokenizer::encode).toList();
    for (int i = 0; i < encoded.size(); i++) {
      read(encoded.get(i), i);
    }
    this.relevance = new Relevance(encoded);
  }

  private void read(List<String> text, int number) {
    int start = tokens.size();
    tokens.add(START);
    tokens.addAll(text);
    tokens.add(END);
    for (int at = start; at < tokens.size(); at++) {
      textOf.add(number);
      for (int from = Math.max(start, at - memory); from < at; from++) {
        List<String> context = List.copyOf(tokens.subList(from, at));
        goesOnAt.computeIfAbsent(context, c -> new ArrayList<>()).add(at);
      }
    }
  }

  /**
   * Begins an answer, the same one for the same question, temperature and state of the random generator.
   *
   * @param temperature 0 for always the likeliest token, 1 for the texts' own spread, up to 2
   */
  Generation answer(String question, int maxTokens, double temperature, SplittableRandom random) {
    double[] weights = relevance.of(tokenizer.encode(question));
    return new Generation(this, weights, maxTokens, temperature, random);
  }

  /** How likely each token is to come next, not normalised, given the tokens so far and how much each text counts. */
  Map<String, Double> next(List<String> soFar, double[] weights) {
    Map<String, Double> next = new LinkedHashMap<>();
    double share = 1;
    for (int length = Math.min(memory, soFar.size()); length > 0; length--) {
      List<Integer> places =
          goesOnAt.get(List.copyOf(soFar.subList(soFar.size() - length, soFar.size())));
      if (places != null) {
        double each = share;
        places.forEach(
            at -> next.merge(tokens.get(at), each * weights[textOf.get(at)], Double::sum));
        share *= BACK_OFF;
      }
    }
    return next;
  }
}
