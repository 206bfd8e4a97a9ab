package io.ostiary.core;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns the text of a policy file into its settings: names understood, placeholders filled in, overrides applied. */
final class PolicyReader {

  private final Problems problems;
  private final Placeholders placeholders;
  private final Map<String, Given> givens = new LinkedHashMap<>();

  PolicyReader(Problems problems, Placeholders placeholders) {
    this.problems = problems;
    this.placeholders = placeholders;
  }

  /** @param file as messages name it */
  SettingTable read(byte[] bytes, String file, Overrides overrides) {
    List<PropertiesText.Entry> entries = PropertiesText.read(bytes, file, problems);
    if (entries.isEmpty() && problems.isEmpty()) {
      problems.at(new Place(file, 0), "the file is empty: there is no setting in it");
    }
    entries.forEach(this::take);
    overrides.apply(givens, placeholders.used());
    return new SettingTable(givens.values());
  }

  private void take(PropertiesText.Entry entry) {
    SettingName name = SettingName.parse(entry.name());
    String printable = Problems.printable(entry.name());
    if (name == null) {
      problems.at(
          entry.place(), printable + ": there is no such setting" + SettingName.hint(entry.name()));
    } else if (name.setting().isLater()) {
      problems.at(entry.place(), printable + ": this version does not have this setting yet");
    } else {
      Given given = given(entry, name);
      Given first = givens.putIfAbsent(entry.name(), given);
      if (first != null) {
        problems.at(entry.place(), printable + ": is set on line " + first.place().line() + " too");
      }
    }
  }

  private Given given(PropertiesText.Entry entry, SettingName name) {
    boolean secret = name.setting().isSecret();
    String shown = secret ? "(not shown)" : Problems.printable(entry.value());
    String value = expand(entry, shown);
    return new Given(
        name,
        entry.name(),
        value == null ? "" : value.strip(),
        shown,
        entry.place(),
        value == null);
  }

  private @Nullable String expand(PropertiesText.Entry entry, String shown) {
    try {
      return placeholders.expand(entry.value());
    } catch (IllegalArgumentException e) {
      problems.at(entry.place(), entry.name() + " = " + shown + ": " + e.getMessage());
      return null;
    }
  }
}
