package io.ostiary.core;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads where the calls of a route name their model: one place, or several with commas between them. */
final class ModelSources {

  private static final List<String> WORDS =
      List.of("body", "path", "header", "query", "form", "none");
  private static final String TOKEN_SIGNS = "!#$%&'*+-.^_`|~";

  private ModelSources() {}

  /** @throws IllegalArgumentException saying what was expected */
  static ModelSource parse(String text) {
    List<ModelSource> sources = new ArrayList<>();
    Set<String> written = new HashSet<>();
    for (String one : text.split(",", -1)) {
      ModelSource source = parseOne(one);
      if (!written.add(write(source))) {
        throw new IllegalArgumentException(write(source) + " stands here twice");
      }
      sources.add(source);
    }
    if (sources.size() > 1 && written.contains("none")) {
      throw new IllegalArgumentException("none stands alone");
    }
    return sources.size() == 1 ? sources.get(0) : new ModelSource.Several(List.copyOf(sources));
  }

  private static ModelSource parseOne(String text) {
    String[] words = text.strip().split("\\s+", -1);
    String operand = words.length == 2 ? words[1] : "";
    boolean alone = words.length == 1;
    return switch (words[0]) {
      case "none" -> alone ? new ModelSource.None() : unexpected(words[0]);
      case "path" ->
          alone || operand.equals("{model}") ? new ModelSource.PathSegment() : unexpected(words[0]);
      case "body" -> new ModelSource.BodyField(field(operand));
      case "header" -> new ModelSource.HeaderLine(token(operand));
      case "query" -> new ModelSource.QueryParameter(parameter(operand));
      case "form" -> new ModelSource.FormField(part(operand));
      default -> unexpected(words[0]);
    };
  }

  private static ModelSource unexpected(String word) {
    throw new IllegalArgumentException(
        "body FIELD, path, header NAME, query NAME, form NAME or none was expected"
            + Nearest.hint(word, WORDS));
  }

  private static String field(String path) {
    if (path.isEmpty() || List.of(path.split("\\.", -1)).contains("")) {
      throw new IllegalArgumentException("a field was expected, as body model or body input.model");
    }
    return path;
  }

  /** A header's name is a token (RFC 9110 section 5.6.2). */
  private static String token(String name) {
    if (name.isEmpty() || !name.chars().allMatch(ModelSources::isTokenCharacter)) {
      throw new IllegalArgumentException("a header's name was expected, as header X-Model");
    }
    return name;
  }

  private static boolean isTokenCharacter(int c) {
    return (c < 128 && Character.isLetterOrDigit(c)) || TOKEN_SIGNS.indexOf(c) >= 0;
  }

  private static String parameter(String name) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a parameter's name was expected, as query model");
    }
    return name;
  }

  private static String part(String name) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("the name of a form's field was expected, as form model");
    }
    return name;
  }

  /** What the paths say of the source, against what the setting says. */
  static @Nullable String contradiction(ModelSource source, List<PathPattern> paths) {
    boolean byPath = source.isInPath();
    for (PathPattern path : paths) {
      if (path.namesModel() && !byPath) {
        return "a path has {model}, so path was expected here, or * in the path";
      }
      if (!path.namesModel() && byPath) {
        return "a path has no {model}; such paths belong to another route";
      }
    }
    return null;
  }

  /** The source as an operator would write it. */
  static String write(ModelSource source) {
    if (source instanceof ModelSource.Several several) {
      return String.join(", ", several.sources().stream().map(ModelSources::write).toList());
    }
    if (source instanceof ModelSource.FormField form) {
      return "form " + form.name();
    }
    if (source instanceof ModelSource.BodyField body) {
      return "body " + body.field();
    }
    if (source instanceof ModelSource.HeaderLine header) {
      return "header " + header.name();
    }
    if (source instanceof ModelSource.QueryParameter query) {
      return "query " + query.name();
    }
    return source instanceof ModelSource.PathSegment ? "path" : "none";
  }
}
