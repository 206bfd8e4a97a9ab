package io.ostiary.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything found wrong in one reading of a policy, so that the operator sees it all at once. */
final class Problems {

  /** More than this many only bury the first. */
  private static final int MOST = 1000;

  private static final int LONGEST_VALUE = 100;

  /** A message may cut a value short; this much of one gives it away. */
  private static final int SECRET_START = 8;

  private final List<Found> found = new ArrayList<>();
  private int unlisted;

  void at(Place place, String text) {
    if (found.size() < MOST) {
      found.add(new Found(place.line(), new Problem(place.toString(), text)));
    } else {
      unlisted++;
    }
  }

  /** A value is not what its setting takes. What came from the environment or a file is not shown: it may be a secret. */
  void about(Given given, @Nullable String expectation) {
    boolean hidden = given.filled() && (expectation == null || repeats(expectation, given.value()));
    at(
        given.place(),
        Problems.printable(given.text())
            + " = "
            + given.shown()
            + ": "
            + (hidden ? "what was filled in is not what was expected" : expectation));
  }

  private static boolean repeats(String text, String value) {
    for (String word : value.split("[,\\s]+", -1)) {
      String start = printable(word).substring(0, Math.min(word.length(), SECRET_START));
      if (!start.isEmpty() && text.contains(start)) {
        return true;
      }
    }
    return false;
  }

  /** Problems of another file, that a setting led to. */
  void behind(Given given, List<Problem> others) {
    others.forEach(problem -> found.add(new Found(given.place().line(), problem)));
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /** In the order of the lines. */
  List<Problem> list() {
    List<Problem> list = new ArrayList<>();
    found.stream()
        .sorted(Comparator.comparingInt(Found::line))
        .forEach(each -> list.add(each.problem()));
    if (unlisted > 0) {
      list.add(new Problem("and", unlisted + " more problems"));
    }
    return List.copyOf(list);
  }

  /** A value made fit for one line of a log: bounded, and without characters that steer a terminal or a viewer. */
  static String printable(String value) {
    StringBuilder line = new StringBuilder();
    value
        .codePoints()
        .limit(LONGEST_VALUE)
        .forEach(c -> line.appendCodePoint(isPrintable(c) ? c : '?'));
    if (value.codePointCount(0, value.length()) > LONGEST_VALUE) {
      line.append('…');
    }
    return line.toString();
  }

  private static boolean isPrintable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      default -> true;
    };
  }

  private record Found(int line, Problem problem) {}
}
