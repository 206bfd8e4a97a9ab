package io.ostiary.core;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How one key stands on single models. An exact name goes before globs, and of those the first in the file. A name in another case
 * is the same: to an app that overlooks case it is, and what shuts out must not be got round by it.
 */
final class ModelStates {

  /** Nothing is said of any model. */
  static final ModelStates NONE = new ModelStates(Map.of());

  private final Map<String, Key.State> exact = new HashMap<>();

  /** The names that are closed, in small letters. */
  private final Map<String, Key.State> closed = new HashMap<>();

  /** In small letters. */
  private final Map<String, Key.State> globs = new LinkedHashMap<>();

  private ModelStates(Map<String, Key.State> named) {
    named.forEach(this::add);
  }

  private void add(String name, Key.State state) {
    if (NameSet.isGlob(name)) {
      globs.putIfAbsent(fold(name), state);
      return;
    }
    exact.put(name, state);
    if (state != Key.State.ACTIVE) {
      closed.putIfAbsent(fold(name), state);
    }
  }

  private static String fold(String name) {
    return name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }

  /**
   * The states by the names and globs that have them.
   *
   * @param named in the order of the file
   */
  static ModelStates of(Map<String, Key.State> named) {
    return named.isEmpty() ? NONE : new ModelStates(named);
  }

  /** How the key stands on a model; active if nothing is said of it. */
  Key.State of(String model) {
    if (this == NONE) {
      return Key.State.ACTIVE;
    }
    Key.State state = exact.get(model);
    return state == null ? ofAnyCase(fold(model)) : state;
  }

  private Key.State ofAnyCase(String model) {
    Key.State state = closed.get(model);
    if (state != null) {
      return state;
    }
    for (Map.Entry<String, Key.State> glob : globs.entrySet()) {
      if (NameSet.matches(glob.getKey(), model)) {
        return glob.getValue();
      }
    }
    return Key.State.ACTIVE;
  }

  /** Whether there is a model that the key may not call for the state it has there. */
  boolean isAnyClosed() {
    return isAnyClosed(exact) || isAnyClosed(globs);
  }

  private static boolean isAnyClosed(Map<String, Key.State> states) {
    return states.values().stream().anyMatch(state -> state != Key.State.ACTIVE);
  }
}
