package io.ostiary.core;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** How one key stands on single models. An exact name goes before globs, and of those the first in the file. */
final class ModelStates {

  /** Nothing is said of any model. */
  static final ModelStates NONE = new ModelStates(Map.of());

  private final Map<String, Key.State> exact = new HashMap<>();
  private final Map<String, Key.State> globs = new LinkedHashMap<>();

  private ModelStates(Map<String, Key.State> named) {
    named.forEach((name, state) -> (NameSet.isGlob(name) ? globs : exact).put(name, state));
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
    return state == null ? ofGlob(model) : state;
  }

  private Key.State ofGlob(String model) {
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
