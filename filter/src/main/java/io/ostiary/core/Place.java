package io.ostiary.core;

/**
 * Where something stands: a file and a line of it.
 *
 * @param source the file as the operator named it, or what overrides it
 * @param line counted from 1, or 0 when there is none
 */
record Place(String source, int line) {

  @Override
  public String toString() {
    return line == 0 ? source : source + ":" + line;
  }
}
