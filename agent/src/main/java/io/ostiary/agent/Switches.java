package io.ostiary.agent;

import io.ostiary.core.Nearest;
import java.util.List;

/** The agent's own system properties, which are no settings of the policy. */
final class Switches {

  private static final String PREFIX = "ostiary.agent.";

  private static final List<String> NAMES =
      List.of(PREFIX + "enabled", PREFIX + "status", PREFIX + "unsupported", PREFIX + "warn-after");

  private Switches() {}

  /** Warns of those that stand for nothing: what they were meant to say is not heard. */
  static void check(Console console) {
    for (String name : System.getProperties().stringPropertyNames()) {
      if (name.startsWith(PREFIX) && !NAMES.contains(name)) {
        console.warn("no setting has the name " + name + Nearest.hint(name, NAMES));
      }
    }
  }
}
