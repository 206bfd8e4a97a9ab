package io.ostiary.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The models, aliases and custom endpoints that exist, and whether what a policy says of them fits together. */
final class ModelNames {

  private final Problems problems;
  private final Values values;
  private final List<String> listed;
  private final NameSet models;
  private final Set<String> aliasNames = new LinkedHashSet<>();
  private final Set<String> endpointNames = new LinkedHashSet<>();

  /** The same list often stands at many keys; one copy serves them all. */
  private final Map<List<String>, NameSet> shared = new HashMap<>();

  ModelNames(SettingTable table, Problems problems, Values values) {
    this.problems = problems;
    this.values = values;
    Given given = table.general().get(Setting.MODELS);
    this.listed = given == null ? List.of() : values.list(given);
    this.models = given == null || given.broken() ? NameSet.ANY : NameSet.of(listed);
    table.aliases().forEach(section -> aliasNames.add(section.name()));
    table.endpoints().forEach(section -> endpointNames.add(section.name()));
  }

  NameSet models() {
    return models;
  }

  /** What each alias stands for. */
  Map<String, String> aliases(List<Section> sections) {
    Map<String, String> aliases = new LinkedHashMap<>();
    for (Section section : sections) {
      String name = section.name();
      if (NameSet.isGlob(name)) {
        problems.at(section.place(), "alias." + name + ": an alias is one name, no glob");
      } else if (listed.contains(name)) {
        problems.at(section.place(), "alias." + name + ": models has a model of this name");
      }
      String model = model(section.get(Setting.ALIAS));
      if (model != null) {
        aliases.put(name, model);
      }
    }
    return aliases;
  }

  Map<String, Endpoint> endpoints(List<Section> sections, LimitSets limits) {
    Map<String, Endpoint> endpoints = new LinkedHashMap<>();
    for (Section section : sections) {
      Given given = section.get(Setting.ENDPOINT_MODEL);
      String model = model(given);
      checkEndpoint(section, given, model);
      List<Limit> own = limits.read(section.get(Setting.ENDPOINT_LIMITS));
      if (model != null) {
        endpoints.put(section.name(), new Endpoint(section.name(), model, own));
      }
    }
    return endpoints;
  }

  private void checkEndpoint(Section section, @Nullable Given given, @Nullable String model) {
    String name = section.name();
    String trouble = null;
    if (!NameRule.isEndpoint(name)) {
      trouble = "a custom endpoint's name has 1 to 64 letters, digits, ., _ or -, first a letter";
    } else if (listed.contains(name) || name.equals(model)) {
      trouble = "a model has this name";
    } else if (aliasNames.contains(name)) {
      trouble = "an alias has this name";
    } else if (given == null) {
      trouble = "the setting endpoint." + name + ".model is missing";
    }
    if (trouble != null) {
      problems.at(section.place(), "endpoint." + Problems.printable(name) + ": " + trouble);
    }
  }

  /** Limits for the models of a name or glob. */
  NamedLimits limits(Given given, String glob, LimitSets limits) {
    check(given, glob);
    return new NamedLimits(glob, limits.read(given));
  }

  /** Tells of a name or glob in a setting's own name that means no model. */
  void check(Given given, String glob) {
    String trouble = trouble(glob);
    if (trouble != null) {
      problems.at(given.place(), Problems.printable(given.text()) + ": " + trouble);
    }
  }

  /** A list of models and globs; every model if it is not given. */
  NameSet modelList(@Nullable Given given) {
    if (given == null) {
      return NameSet.ANY;
    }
    List<String> entries = values.list(given);
    return shared.computeIfAbsent(entries, ignored -> checkedModels(given, entries));
  }

  /** A list of custom endpoints and globs, or {@code null} if it is not given. */
  @Nullable NameSet endpointList(@Nullable Given given) {
    if (given == null) {
      return null;
    }
    List<String> entries = values.list(given);
    for (String entry : entries) {
      if (endpointNames.stream().noneMatch(name -> NameSet.matches(entry, name))) {
        problems.about(
            given,
            "there is no endpoint."
                + Problems.printable(entry)
                + Nearest.hint(entry, endpointNames));
      }
    }
    return NameSet.of(entries);
  }

  private NameSet checkedModels(Given given, List<String> entries) {
    for (String entry : entries) {
      String trouble = trouble(entry);
      if (trouble != null) {
        problems.about(given, trouble);
      }
    }
    return NameSet.of(entries);
  }

  private @Nullable String model(@Nullable Given given) {
    return given == null ? null : values.readGiven(given, this::checkedModel);
  }

  private String checkedModel(String name) {
    if (name.isEmpty()
        || NameSet.isGlob(name)
        || name.chars().anyMatch(c -> c == ',' || c == ' ' || Character.isISOControl(c))) {
      throw new IllegalArgumentException("the name of one model was expected");
    }
    String trouble = trouble(name);
    if (trouble != null) {
      throw new IllegalArgumentException(trouble);
    }
    return name;
  }

  /** Why a name or glob means no model, or {@code null} if it does mean one. */
  private @Nullable String trouble(String entry) {
    String shown = Problems.printable(entry);
    if (NameSet.isGlob(entry)) {
      boolean canMatch =
          models.isAny()
              || listed.stream().anyMatch(n -> NameSet.isGlob(n) || NameSet.matches(entry, n));
      return canMatch ? null : "no model of models matches " + shown;
    }
    if (aliasNames.contains(entry)) {
      return shown + " is an alias; the model itself was expected";
    }
    if (endpointNames.contains(entry)) {
      return shown + " is a custom endpoint; a model was expected";
    }
    return models.contains(entry) ? null : "models has no " + shown + Nearest.hint(entry, listed);
  }

  /** The limits of the sections {@code model.GLOB}. */
  List<NamedLimits> modelLimits(List<Section> sections, LimitSets limits) {
    List<NamedLimits> named = new ArrayList<>();
    for (Section section : sections) {
      for (Given given : section.all(Setting.MODEL_LIMITS)) {
        named.add(limits(given, section.name(), limits));
      }
    }
    return named;
  }
}
