package io.ostiary.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a call names its model. */
sealed interface ModelSource {

  /** Nowhere: the route carries no model. */
  record None() implements ModelSource {}

  /** A field of the JSON body, by its dotted path from the top. */
  record BodyField(String field) implements ModelSource {}

  /** The segment of the path that the pattern calls {@code {model}}. */
  record PathSegment() implements ModelSource {}

  /** A request header. */
  record HeaderLine(String name) implements ModelSource {}

  /** A query parameter. */
  record QueryParameter(String name) implements ModelSource {}

  /** A field of a form, in parts or not. */
  record FormField(String name) implements ModelSource {}

  /** Several places, of which those that name a model must name the same. */
  record Several(List<ModelSource> sources) implements ModelSource {}

  /** How many places there are. */
  default int count() {
    return this instanceof Several several ? several.sources.size() : 1;
  }

  /** One of the places, in the order of the file. */
  default ModelSource get(int i) {
    return this instanceof Several several ? several.sources.get(i) : this;
  }

  /** Whether a JSON body may name the model. */
  default boolean isInJson() {
    for (int i = 0; i < count(); i++) {
      if (get(i) instanceof BodyField) {
        return true;
      }
    }
    return false;
  }

  /** Whether nothing but a JSON body names the model, so that there must be one. */
  default boolean isInJsonOnly() {
    for (int i = 0; i < count(); i++) {
      if (!(get(i) instanceof BodyField)) {
        return false;
      }
    }
    return true;
  }

  /** Whether a form may name the model. */
  default boolean isInForm() {
    for (int i = 0; i < count(); i++) {
      if (get(i) instanceof FormField) {
        return true;
      }
    }
    return false;
  }

  /** Whether a form has to be looked at: for the model, or for another one under a name that the query has too. */
  default boolean concernsForms() {
    for (int i = 0; i < count(); i++) {
      if (get(i).parameter() != null) {
        return true;
      }
    }
    return false;
  }

  /** Whether a segment of the path names the model. */
  default boolean isInPath() {
    for (int i = 0; i < count(); i++) {
      if (get(i) instanceof PathSegment) {
        return true;
      }
    }
    return false;
  }

  /** The name of the parameter that a servlet makes of it, be it of the query or of a form; {@code null} if it makes none. */
  default @Nullable String parameter() {
    if (this instanceof QueryParameter query) {
      return query.name;
    }
    return this instanceof FormField form ? form.name : null;
  }
}
