package io.ostiary.core;

/**
 * One setting of a dialect table, exactly as written.
 *
 * @param place the file and the line
 */
record TableLine(String place, String key, String value) {

  /** What is wrong with this line. */
  Problem problem(String text) {
    return new Problem(place, key + " = " + value + ": " + text);
  }
}
