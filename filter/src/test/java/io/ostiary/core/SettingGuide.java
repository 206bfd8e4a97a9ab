package io.ostiary.core;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What {@code settings.txt} says of one setting to operators.
 *
 * @param lines its entry, without the setting's name
 */
record SettingGuide(List<String> lines) {

  private static final Map<String, SettingGuide> ALL = read();

  /**
   * What is said of a setting.
   *
   * @throws IllegalArgumentException if nothing is
   */
  static SettingGuide of(Setting setting) {
    SettingGuide guide = ALL.get(setting.pattern());
    if (guide == null) {
      throw new IllegalArgumentException("settings.txt says nothing of " + setting.pattern());
    }
    return guide;
  }

  /** The names that have an entry. */
  static Iterable<String> names() {
    return ALL.keySet();
  }

  private static Map<String, SettingGuide> read() {
    try (InputStream in =
        Objects.requireNonNull(SettingGuide.class.getResourceAsStream("settings.txt"))) {
      Map<String, SettingGuide> all = new HashMap<>();
      for (String entry : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n\n", -1)) {
        List<String> lines = entry.lines().toList();
        if (all.put(lines.get(0), new SettingGuide(lines)) != null) {
          throw new IllegalStateException("settings.txt speaks twice of " + lines.get(0));
        }
      }
      return all;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  String meaning() {
    return lines.get(1).strip();
  }

  /** What values there are. */
  String takes() {
    return named("takes");
  }

  /** What it means that the setting is not given. */
  String absence(Setting setting) {
    return setting.hasPreset() ? "`" + setting.preset() + "`" : named("absent");
  }

  /** A value that works. */
  String example() {
    return named("example");
  }

  private String named(String name) {
    for (String line : lines) {
      if (line.startsWith("  " + name + ": ")) {
        return line.substring(name.length() + 4);
      }
    }
    throw new IllegalStateException(lines.get(0) + " has no line for " + name);
  }
}
