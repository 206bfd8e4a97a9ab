package io.ostiary.core;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The limits that have a name, and who refers to them. A value with a space in it is limits written out, any other a name. */
final class LimitSets {

  private final Map<String, List<Limit>> sets = new HashMap<>();
  private final Set<String> unused = new HashSet<>();
  private final Problems problems;
  private final Values values;
  private final List<Section> sections;

  LimitSets(List<Section> sections, Problems problems, Values values) {
    this.sections = sections;
    this.problems = problems;
    this.values = values;
    for (Section section : sections) {
      NameRule.check(section, "limits", problems);
      for (Given given : section.all(Setting.LIMITS)) {
        List<Limit> limits = values.readGiven(given, LimitText::parse);
        sets.put(section.name(), limits == null ? List.of() : limits);
        unused.add(section.name());
      }
    }
  }

  /** The limits that a setting names or writes out; none if it is not given. */
  List<Limit> read(@Nullable Given given) {
    if (given == null) {
      return List.of();
    }
    List<Limit> limits = values.readGiven(given, this::limits);
    return limits == null ? List.of() : limits;
  }

  /** Call when all has been read. */
  void tellUnused() {
    for (Section section : sections) {
      if (unused.contains(section.name())) {
        problems.at(
            section.place(), "limits." + section.name() + ": nothing refers to these limits");
      }
    }
  }

  private List<Limit> limits(String text) {
    if (text.isEmpty() || text.chars().anyMatch(Character::isWhitespace)) {
      return LimitText.parse(text);
    }
    unused.remove(text);
    List<Limit> limits = sets.get(text);
    if (limits == null) {
      throw new IllegalArgumentException(
          "there is no limits." + Problems.printable(text) + Nearest.hint(text, sets.keySet()));
    }
    return limits;
  }
}
