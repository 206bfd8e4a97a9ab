package example.chat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;

/** One answer in the making: its tokens, one by one, until the model has come to an end or enough were written. */
final class Generation implements Iterator<String> {

  private final LanguageModel model;
  private final double[] weights;
  private final int maxTokens;
  private final double temperature;
  private final SplittableRandom random;
  private final List<String> soFar = new ArrayList<>(List.of(LanguageModel.START));
  private String coming;

  Generation(
      LanguageModel model,
      double[] weights,
      int maxTokens,
      double temperature,
      SplittableRandom random) {
    this.model = model;
    this.weights = weights;
    this.maxTokens = maxTokens;
    this.temperature = temperature;
    this.random = random;
    this.coming = draw(model.next(soFar, weights));
  }

  @Override
  public boolean hasNext() {
    return written() < maxTokens && !coming.equals(LanguageModel.END);
  }

  @Override
  public String next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    String token = coming;
    soFar.add(token);
    coming = draw(model.next(soFar, weights));
    return token;
  }

  /** The number of tokens so far. */
  int written() {
    return soFar.size() - 1;
  }

  /** Why there are no more, in OpenAI's words. */
  String finishReason() {
    return coming.equals(LanguageModel.END) ? "stop" : "length";
  }

  private String draw(Map<String, Double> candidates) {
    Map.Entry<String, Double> best =
        Collections.max(candidates.entrySet(), Map.Entry.comparingByValue());
    if (temperature == 0) {
      return best.getKey();
    }
    double highest = best.getValue();
    candidates.replaceAll((token, likelihood) -> Math.pow(likelihood / highest, 1 / temperature));
    double point =
        random.nextDouble() * candidates.values().stream().mapToDouble(share -> share).sum();
    for (Map.Entry<String, Double> candidate : candidates.entrySet()) {
      point -= candidate.getValue();
      if (point < 0) {
        return candidate.getKey();
      }
    }
    return best.getKey();
  }
}
