package io.ostiary.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All settings given for one thing: a route, a key, an endpoint, or the guard as a whole. */
final class Section {

  private final String name;
  private final List<Given> givens = new ArrayList<>(4);

  Section(String name) {
    this.name = name;
  }

  /** What the operator calls the thing; empty for the guard as a whole. */
  String name() {
    return name;
  }

  void add(Given given) {
    givens.add(given);
  }

  boolean isEmpty() {
    return givens.isEmpty();
  }

  /** The value given for a setting, or {@code null}. */
  @Nullable Given get(Setting setting) {
    for (int i = 0; i < givens.size(); i++) {
      if (givens.get(i).setting() == setting) {
        return givens.get(i);
      }
    }
    return null;
  }

  boolean has(Setting setting) {
    return get(setting) != null;
  }

  /** Every value given for a setting that can stand more than once. */
  List<Given> all(Setting setting) {
    return givens.stream().filter(given -> given.setting() == setting).toList();
  }

  /** Where the thing is first spoken of. */
  Place place() {
    return givens.get(0).place();
  }
}
