package io.ostiary.core;

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
}
