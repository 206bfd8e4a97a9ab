package io.ostiary.core;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * How far bytes ÷ 4 is from what models themselves count, learned from their answers and kept in memory: one factor for input
 * and one for output of each model. Bounded in number, since a policy without a list of models lets callers invent names.
 */
final class Learned {

  /** More models than any operator serves; those beyond share one entry. */
  private static final int MOST_MODELS = 1024;

  private final Map<String, Factors> models = new ConcurrentHashMap<>();
  private final Factors others = new Factors();

  /** What is known of one model. */
  static final class Factors {
    final Factor input = new Factor();
    final Factor output = new Factor();
  }

  /** The factors of a model; those of no model in particular where none is named. */
  Factors of(@Nullable String model) {
    if (model == null) {
      return others;
    }
    Factors known = models.get(model);
    if (known != null) {
      return known;
    }
    return models.size() < MOST_MODELS
        ? models.computeIfAbsent(model, name -> new Factors())
        : others;
  }

  /**
   * An exponentially weighted mean of actual ÷ estimate, from ¼ to 4. It counts from the tenth answer on, so that a few odd
   * ones do not sway it; before that it is 1.
   */
  static final class Factor {

    private static final double LEAST = 0.25;
    private static final double MOST = 4;
    private static final double WEIGHT = 0.1;
    private static final int ENOUGH = 10;

    /** Below this many tokens, what every prompt is wrapped in would drown the text. */
    private static final long SMALLEST_SAMPLE = 8;

    private volatile double factor = 1;
    private double mean;
    private int samples;

    double get() {
      return factor;
    }

    /** An estimate, corrected; at least 1 if it was. */
    long correct(long estimate) {
      double known = factor;
      return known == 1 ? estimate : Math.max(Math.min(1, estimate), Math.round(estimate * known));
    }

    /** One more answer has told its count. */
    synchronized void learn(long estimate, long actual) {
      if (estimate < SMALLEST_SAMPLE || actual <= 0) {
        return;
      }
      double ratio = Math.min(MOST, Math.max(LEAST, (double) actual / estimate));
      // The first answers weigh alike, so that the mean does not have to come from 1 first.
      double weight = Math.max(WEIGHT, 1.0 / ++samples);
      mean += weight * (ratio - mean);
      samples = Math.min(samples, ENOUGH);
      if (samples == ENOUGH) {
        factor = mean;
      }
    }
  }
}
