package io.ostiary.core;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
    if (name == null) {
      tell(entry, "there is no such setting" + SettingName.hint(entry.name()));
    } else {
      Given first = givens.putIfAbsent(entry.name(), given(entry, name));
      if (first != null) {
        tell(entry, "is set on line " + first.place().line() + " too");
      }
    }
  }

  /** The value is left out: under a misspelt name it may be a secret. */
  private void tell(PropertiesText.Entry entry, String trouble) {
    problems.at(entry.place(), Problems.printable(entry.name()) + ": " + trouble);
  }

  private Given given(PropertiesText.Entry entry, SettingName name) {
    String written = entry.value();
    try {
      String value = placeholders.expand(written);
      boolean filled = !value.equals(written);
      return new Given(name, entry.name(), value.strip(), written, entry.place(), filled, false);
    } catch (IllegalArgumentException e) {
      Given broken = new Given(name, entry.name(), "", written, entry.place(), true, true);
      problems.about(broken, e.getMessage());
      return broken;
    }
  }
}
