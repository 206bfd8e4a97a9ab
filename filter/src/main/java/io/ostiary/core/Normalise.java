package io.ostiary.core;

/** Which errors that arise behind the guard are told in the words of the route's dialect. */
enum Normalise {
  /** Those of the container, and those of the app that are no JSON: pages, plain text, nothing at all. */
  CONTAINER,
  /** All, but for JSON that speaks the dialect already. */
  ALL,
  /** None. */
  NONE
}
