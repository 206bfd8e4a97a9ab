package io.ostiary.core;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the values of settings; what is wrong goes to the problems, and reading goes on. */
final class Values {

  private final Problems problems;

  Values(Problems problems) {
    this.problems = problems;
  }

  /** The value of a setting that has a preset. */
  <T> T read(Section section, Setting setting, Function<String, T> parser) {
    Given given = section.get(setting);
    T value = given == null ? null : readGiven(given, parser);
    return value == null ? parser.apply(setting.preset()) : value;
  }

  /** The value that was given, or {@code null} if it is wrong. */
  <T> @Nullable T readGiven(Given given, Function<String, T> parser) {
    if (given.broken()) {
      return null;
    }
    try {
      return parser.apply(given.value());
    } catch (IllegalArgumentException e) {
      problems.about(given, e.getMessage());
      return null;
    }
  }

  /** The entries between commas; an empty value is an empty list. */
  List<String> list(Given given) {
    List<String> entries = new ArrayList<>();
    if (given.broken() || given.value().isBlank()) {
      return entries;
    }
    Set<String> seen = new HashSet<>();
    for (String part : given.value().split(",", -1)) {
      String entry = part.strip();
      if (entry.isEmpty()) {
        problems.about(given, "an entry is missing beside a comma");
      } else if (!seen.add(entry)) {
        problems.about(given, entry + " stands here twice");
      } else if (entry.chars().anyMatch(Character::isWhitespace)) {
        problems.about(given, "a comma was expected between the entries");
      } else {
        entries.add(entry);
      }
    }
    return entries;
  }

  /** Addresses and blocks, each told of if it is wrong. */
  AddressSet addresses(Given given) {
    List<String> entries = list(given);
    try {
      return AddressSet.of(entries);
    } catch (IllegalArgumentException first) {
      for (String entry : entries) {
        readGiven(given, ignored -> AddressSet.of(List.of(entry)));
      }
      return AddressSet.of(List.of());
    }
  }
}
