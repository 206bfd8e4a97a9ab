package io.ostiary.core;

/**
 * One thing that is wrong in an operator's file.
 *
 * @param place the file and, where there is one, the line: {@code ostiary.properties:12}
 * @param text the setting, its value, what was expected and, where one is near, what may have been meant
 */
record Problem(String place, String text) {

  @Override
  public String toString() {
    return place + ": " + text;
  }
}
