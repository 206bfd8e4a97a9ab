package io.ostiary.core;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** One of a few words, and what each stands for. */
record Choice<T>(Map<String, T> words) implements Function<String, T> {

  /** {@code true} or {@code false}. */
  static final Choice<Boolean> TRUTH = of("true", true, "false", false);

  static <T> Choice<T> of(String one, T meaning, String other, T otherMeaning) {
    Map<String, T> words = new LinkedHashMap<>();
    words.put(one, meaning);
    words.put(other, otherMeaning);
    return new Choice<>(words);
  }

  /** Words that stand for themselves. */
  static Choice<String> of(List<String> themselves) {
    Map<String, String> words = new LinkedHashMap<>();
    themselves.forEach(word -> words.put(word, word));
    return new Choice<>(words);
  }

  /** The constants of an enum, in lower case and with hyphens. */
  static <T extends Enum<T>> Choice<T> of(T[] constants) {
    Map<String, T> words = new LinkedHashMap<>();
    for (T constant : constants) {
      words.put(word(constant), constant);
    }
    return new Choice<>(words);
  }

  /** The word that stands for a constant. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** @throws IllegalArgumentException naming the words there are */
  @Override
  public T apply(String word) {
    T meaning = words.get(word);
    if (meaning == null) {
      throw new IllegalArgumentException(
          String.join(" or ", words.keySet())
              + " was expected"
              + Nearest.hint(word, words.keySet()));
    }
    return meaning;
  }
}
