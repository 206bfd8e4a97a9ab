package io.ostiary.core;

/** A path of the policy file: literal segments, {@code {model}}, {@code *} for one segment, a last {@code **} for any rest. */
final class PathPattern {

  private PathPattern() {}

  /** @throws IllegalArgumentException naming what is wrong with the pattern */
  static PathPattern parse(String text) {
    throw new UnsupportedOperationException(text);
  }

  /** Whether some path matches both. */
  boolean overlaps(PathPattern other) {
    throw new UnsupportedOperationException();
  }

  /** Whether the pattern has a {@code {model}} in it. */
  boolean namesModel() {
    throw new UnsupportedOperationException();
  }
}
