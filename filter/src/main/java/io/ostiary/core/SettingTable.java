package io.ostiary.core;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The settings of one policy, sorted by what they speak of; in each sort, in the order of the file. */
final class SettingTable {

  private final Section general = new Section("");
  private final Map<String, Map<String, Section>> sorts = new LinkedHashMap<>();

  SettingTable(Collection<Given> givens) {
    for (Given given : givens) {
      section(given).add(given);
    }
  }

  private Section section(Given given) {
    if (given.setting().isSingle()) {
      return general;
    }
    String pattern = given.setting().pattern();
    String sort = pattern.substring(0, pattern.indexOf('.'));
    return sorts
        .computeIfAbsent(sort, key -> new LinkedHashMap<>())
        .computeIfAbsent(given.name().of(), Section::new);
  }

  boolean isEmpty() {
    return general.isEmpty() && sorts.isEmpty();
  }

  Section general() {
    return general;
  }

  List<Section> routes() {
    return all("route");
  }

  List<Section> keys() {
    return all("key");
  }

  List<Section> endpoints() {
    return all("endpoint");
  }

  List<Section> aliases() {
    return all("alias");
  }

  List<Section> modelLimits() {
    return all("model");
  }

  List<Section> limits() {
    return all("limits");
  }

  private List<Section> all(String sort) {
    return new ArrayList<>(sorts.getOrDefault(sort, Map.of()).values());
  }
}
