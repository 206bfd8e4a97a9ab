package io.ostiary.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes the routes. */
final class RouteDraft {

  /** What is not looked at on a route without keys, and would only seem to protect something. */
  private static final List<Setting> NEED_KEY =
      List.of(
          Setting.ROUTE_MODEL,
          Setting.ROUTE_MODELS,
          Setting.ROUTE_VALIDATE,
          Setting.ROUTE_REFUSED_WORDS,
          Setting.ROUTE_CUSTOM_WORDS,
          Setting.ROUTE_DEFAULT_OUTPUT,
          Setting.ROUTE_DEFAULT_OUTPUT_SHARE,
          Setting.ROUTE_ENFORCE_OUTPUT,
          Setting.ROUTE_USAGE_INPUT,
          Setting.ROUTE_USAGE_OUTPUT,
          Setting.ROUTE_USAGE_TOTAL,
          Setting.ROUTE_ANSWER_TEXT,
          Setting.ROUTE_HARD_STOP);

  private static final Choice<String> CAPS = Choice.of(RequestFields.topLevelCaps());

  private final Problems problems;
  private final Values values;
  private final ModelNames models;
  private final DialectShelf dialects;
  private final WordShelf words;
  private final Dialect defaultDialect;
  private final Normalise defaultNormalise;
  private final Duration defaultTimeout;

  RouteDraft(
      Problems problems,
      Values values,
      ModelNames models,
      DialectShelf dialects,
      WordShelf words,
      Dialect defaultDialect,
      Normalise defaultNormalise,
      Duration defaultTimeout) {
    this.problems = problems;
    this.values = values;
    this.models = models;
    this.dialects = dialects;
    this.words = words;
    this.defaultDialect = defaultDialect;
    this.defaultNormalise = defaultNormalise;
    this.defaultTimeout = defaultTimeout;
  }

  List<Route> routes(List<Section> sections) {
    List<Route> routes = new ArrayList<>();
    for (Section section : sections) {
      NameRule.check(section, "route", problems);
      Route route = route(section);
      routes.forEach(other -> checkOverlap(section, route, other));
      routes.add(route);
    }
    return routes;
  }

  private Route route(Section section) {
    List<PathPattern> paths = paths(section);
    boolean keyed =
        values.read(section, Setting.ROUTE_KEY, Choice.of("required", true, "none", false));
    ModelSource model = model(section, paths);
    if (!keyed) {
      NEED_KEY.forEach(setting -> tellUnused(section, setting, "key = none"));
    } else if (model instanceof ModelSource.None) {
      tellUnused(section, Setting.ROUTE_MODELS, "model = none");
    }
    Size maxBody = values.read(section, Setting.ROUTE_MAX_BODY, Size::parse);
    return new Route(
        section.name(),
        paths,
        dialects.read(section.get(Setting.ROUTE_DIALECT), defaultDialect),
        normalise(section),
        model,
        keyed,
        maxBody.bytes(),
        maxBody.text(),
        models.modelList(section.get(Setting.ROUTE_MODELS)),
        values.read(
            section, Setting.ROUTE_DEFAULT_OUTPUT, text -> Quantity.count(text, 0, 1_000_000_000)),
        values.read(section, Setting.ROUTE_DEFAULT_OUTPUT_SHARE, Quantity::percentage),
        enforcedCap(section),
        usage(section),
        values.read(section, Setting.ROUTE_VALIDATE, Choice.of(Shape.values())),
        words(section),
        values.read(section, Setting.ROUTE_HARD_STOP, Choice.TRUTH),
        timeout(section, keyed));
  }

  private RefusedWords words(Section section) {
    WordList refused = words.read(section.get(Setting.ROUTE_REFUSED_WORDS));
    WordList custom = words.read(section.get(Setting.ROUTE_CUSTOM_WORDS));
    return refused == null && custom == null
        ? RefusedWords.NONE
        : new RefusedWords(refused, custom);
  }

  private Duration timeout(Section section, boolean keyed) {
    Given given = section.get(Setting.ROUTE_TIMEOUT);
    Duration own = given == null ? null : values.readGiven(given, Quantity::time);
    return own != null ? own : keyed ? defaultTimeout : Duration.ZERO;
  }

  private Normalise normalise(Section section) {
    Given given = section.get(Setting.ROUTE_NORMALISE);
    Normalise normalise =
        given == null ? null : values.readGiven(given, Choice.of(Normalise.values()));
    return normalise == null ? defaultNormalise : normalise;
  }

  private @Nullable String enforcedCap(Section section) {
    Given given = section.get(Setting.ROUTE_ENFORCE_OUTPUT);
    return given == null ? null : values.readGiven(given, CAPS);
  }

  private UsagePaths usage(Section section) {
    String input = text(section, Setting.ROUTE_USAGE_INPUT);
    String output = text(section, Setting.ROUTE_USAGE_OUTPUT);
    String total = text(section, Setting.ROUTE_USAGE_TOTAL);
    String text = text(section, Setting.ROUTE_ANSWER_TEXT);
    return input == null && output == null && total == null && text == null
        ? UsagePaths.PRESET
        : UsagePaths.of(input, output, total, text);
  }

  /** A path of the operator's, if it is one by itself. */
  private @Nullable String text(Section section, Setting setting) {
    Given given = section.get(setting);
    return given == null
        ? null
        : values.readGiven(
            given,
            path -> {
              UsagePaths.of(path, null, null, null);
              return path;
            });
  }

  private List<PathPattern> paths(Section section) {
    Given given = section.get(Setting.ROUTE_PATHS);
    if (given == null) {
      problems.at(
          section.place(),
          "route."
              + section.name()
              + ": the setting route."
              + section.name()
              + ".paths is missing");
      return List.of();
    }
    List<PathPattern> paths = new ArrayList<>();
    for (String entry : values.list(given)) {
      PathPattern path = values.readGiven(given, ignored -> PathPattern.parse(entry));
      if (path != null) {
        paths.add(path);
      }
    }
    if (given.value().isEmpty() && !given.broken()) {
      problems.about(given, "at least one path was expected");
    }
    return List.copyOf(paths);
  }

  private ModelSource model(Section section, List<PathPattern> paths) {
    Given given = section.get(Setting.ROUTE_MODEL);
    ModelSource model = given == null ? null : values.readGiven(given, ModelSources::parse);
    boolean named = paths.stream().anyMatch(PathPattern::namesModel);
    ModelSource source =
        model != null ? model : named ? new ModelSource.PathSegment() : new ModelSource.None();
    String contradiction = ModelSources.contradiction(source, paths);
    if (contradiction != null) {
      Given blamed = given == null ? section.get(Setting.ROUTE_PATHS) : given;
      problems.about(Objects.requireNonNull(blamed), contradiction);
    }
    return source;
  }

  private void tellUnused(Section section, Setting setting, String cause) {
    Given given = section.get(setting);
    if (given != null) {
      problems.about(given, "has no effect, since route." + section.name() + "." + cause + " here");
    }
  }

  private void checkOverlap(Section section, Route route, Route other) {
    Given given = section.get(Setting.ROUTE_PATHS);
    for (PathPattern path : route.paths()) {
      for (PathPattern another : other.paths()) {
        if (given != null && path.overlaps(another)) {
          problems.about(given, path + " overlaps " + another + " of route." + other.name());
        }
      }
    }
  }

  private record Size(long bytes, String text) {

    static Size parse(String text) {
      return new Size(Quantity.size(text), text);
    }
  }
}
