package io.ostiary.core;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the process was started with. It is looked at when the guard starts: a system property set later changes nothing.
 */
record Surroundings(Map<String, String> environment, Map<String, String> properties) {

  Surroundings {
    environment = Map.copyOf(environment);
    properties = Map.copyOf(properties);
  }

  static Surroundings ofThisProcess() {
    Map<String, String> properties = new HashMap<>();
    var all = System.getProperties();
    all.stringPropertyNames().forEach(name -> properties.put(name, all.getProperty(name, "")));
    return new Surroundings(System.getenv(), properties);
  }

  /** A variable of the environment, or {@code null} if it is not there or empty. */
  @Nullable String variable(String name) {
    return presentOrNull(environment.get(name));
  }

  /** A system property, or {@code null} if it is not there or empty. */
  @Nullable String property(String name) {
    return presentOrNull(properties.get(name));
  }

  private static @Nullable String presentOrNull(@Nullable String value) {
    return value == null || value.isBlank() ? null : value;
  }

  /** Nothing of what it holds: there may be secrets in it. */
  @Override
  public String toString() {
    return "Surroundings";
  }
}
