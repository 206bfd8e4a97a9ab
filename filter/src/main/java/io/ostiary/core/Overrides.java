package io.ostiary.core;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What system properties and the environment say otherwise than the file, for settings that are not of a key. A property
 * {@code ostiary.<setting>} can say any; a variable {@code OSTIARY_<SETTING>} those with a fixed name, and those that the
 * file has, since its spelling does not tell a dot from a dash. A property goes over a variable, that over the file.
 */
final class Overrides {

  private static final String PROPERTY = "ostiary.";
  private static final String VARIABLE = "OSTIARY_";
  private static final String KEYS = VARIABLE + "KEY_";

  /** The agent's own switches, and where the file is. */
  private static final String AGENT = PROPERTY + "agent.";

  private static final Set<String> RESERVED = Set.of(PROPERTY + "config", VARIABLE + "CONFIG");

  private final Surroundings surroundings;
  private final Problems problems;
  private final Log log;

  Overrides(Surroundings surroundings, Problems problems, Log log) {
    this.surroundings = surroundings;
    this.problems = problems;
    this.log = log;
  }

  /**
   * Puts the overrides among the settings of the file.
   *
   * @param givens by their names as written
   * @param used variables that the file itself asks for
   */
  void apply(Map<String, Given> givens, Set<String> used) {
    List<String> set =
        surroundings.environment().keySet().stream()
            .filter(name -> name.startsWith(VARIABLE) && !RESERVED.contains(name))
            .filter(name -> !used.contains(name) && !isServiceLink(name))
            .sorted()
            .toList();
    Map<String, String> variables = set.isEmpty() ? Map.of() : variables(givens);
    set.forEach(name -> byVariable(name, variables, givens));
    surroundings.properties().keySet().stream()
        .filter(name -> name.startsWith(PROPERTY) && !RESERVED.contains(name))
        .filter(name -> !name.startsWith(AGENT))
        .sorted()
        .forEach(name -> byProperty(name, givens));
  }

  private void byVariable(
      String variable, Map<String, String> variables, Map<String, Given> givens) {
    Place place = new Place("environment " + variable, 0);
    String setting = variables.get(variable);
    if (setting == null && namesKey(variable)) {
      problems.at(
          place,
          "settings of keys can be made in the policy file only" + hint(variable, variables));
    } else if (setting == null) {
      problems.at(
          place,
          "no setting has this name that is fixed, or stands in the file"
              + Nearest.hint(variable, variables.keySet()));
    } else if (setting.isEmpty()) {
      problems.at(place, "more than one setting of the file has this name");
    } else {
      override(setting, surroundings.environment().get(variable), place, givens);
    }
  }

  private static boolean namesKey(String variable) {
    return variable.startsWith(KEYS);
  }

  /** Of the rules of all keys, whose names look like those of one key, but for what is much alike. */
  private static String hint(String variable, Map<String, String> variables) {
    List<String> rules =
        variables.keySet().stream()
            .filter(Overrides::namesKey)
            .map(rule -> rule.substring(KEYS.length()))
            .toList();
    String meant = Nearest.to(variable.substring(KEYS.length()), rules);
    return meant == null ? "" : "; did you mean \"" + KEYS + meant + "\"?";
  }

  private void byProperty(String property, Map<String, Given> givens) {
    Place place = new Place("system property " + property, 0);
    String setting = property.substring(PROPERTY.length());
    SettingName name = SettingName.parse(setting);
    if (name == null) {
      problems.at(place, "no setting has this name" + SettingName.hint(setting));
    } else if (!name.setting().isOverridable()) {
      problems.at(place, "this can be set in the policy file only");
    } else {
      override(setting, surroundings.properties().get(property), place, givens);
    }
  }

  private void override(
      String setting, @Nullable String value, Place place, Map<String, Given> givens) {
    SettingName name = SettingName.parse(setting);
    if (name == null || value == null) {
      throw new IllegalStateException(setting);
    }
    Given given = new Given(name, setting, value.strip(), value, place, false, false);
    Given before = givens.put(setting, given);
    String over = before == null ? "" : " over " + before.place();
    log.info(setting + " = " + given.shown() + " (" + place + over + ")");
  }

  /** The settings that variables can name; an empty one where a name could mean several. */
  private static Map<String, String> variables(Map<String, Given> givens) {
    Set<String> settings = new HashSet<>();
    for (Setting setting : Setting.values()) {
      if (setting.isSingle() && setting.isOverridable()) {
        settings.add(setting.pattern());
      }
    }
    for (Given given : givens.values()) {
      if (given.setting().isOverridable()) {
        settings.add(given.text());
      }
    }
    Map<String, String> variables = new HashMap<>();
    for (String setting : settings) {
      variables.merge(variable(setting), setting, (one, other) -> "");
    }
    return variables;
  }

  private static String variable(String setting) {
    return VARIABLE + setting.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
  }

  /** Kubernetes tells every container of a service called "ostiary" where it is, by such names. */
  private static boolean isServiceLink(String variable) {
    return variable.equals(VARIABLE + "PORT")
        || variable.startsWith(VARIABLE + "PORT_")
        || variable.equals(VARIABLE + "SERVICE_HOST")
        || variable.equals(VARIABLE + "SERVICE_PORT")
        || variable.startsWith(VARIABLE + "SERVICE_PORT_");
  }
}
