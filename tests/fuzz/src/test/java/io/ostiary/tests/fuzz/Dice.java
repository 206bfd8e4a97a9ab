package io.ostiary.tests.fuzz;

import java.util.SplittableRandom;

/** What one case is drawn with: the same for the same seed and number. */
final class Dice {

  private final SplittableRandom random;

  Dice(long seed, long number) {
    this.random = new SplittableRandom(seed * 0x9e3779b97f4a7c15L + number);
  }

  boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  /** From 0 to below a bound. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  @SafeVarargs
  final <T> T of(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /** The first one, but for one in so many. */
  @SafeVarargs
  @SuppressWarnings("varargs")
  final <T> T mostly(int n, T usual, T... others) {
    return oneIn(n) ? of(others) : usual;
  }
}
