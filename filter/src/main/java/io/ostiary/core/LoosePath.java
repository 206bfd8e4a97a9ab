package io.ostiary.core;

/**
 * The loose form of a path: what is left when all is dropped that some app or file system is known to overlook, namely case,
 * trailing slashes, dots and blanks at the end of a segment and blanks before it. Two paths of one loose form may be one
 * resource.
 */
final class LoosePath {

  private LoosePath() {}

  /** The loose form; the same string if it is that already. The root is empty. */
  static String fold(String path) {
    return isFolded(path) ? path : refold(path);
  }

  /** Without allocating, since nearly every path is. */
  private static boolean isFolded(String path) {
    char previous = 'a';
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      boolean atEdge = (c == '/' && isEndless(previous)) || (previous == '/' && isBlank(c));
      if (atEdge || fold(c) != c) {
        return false;
      }
      previous = c;
    }
    return previous != '/' && !isEndless(previous);
  }

  private static String refold(String path) {
    StringBuilder folded = new StringBuilder(path.length());
    int from = 0;
    while (from <= path.length()) {
      int to = segmentEnd(path, from);
      if (from > 0) {
        folded.append('/');
      }
      int end = trimmedEnd(path, from, to);
      for (int i = trimmedStart(path, from, end); i < end; i++) {
        folded.append(fold(path.charAt(i)));
      }
      from = to + 1;
    }
    int length = folded.length();
    while (length > 0 && folded.charAt(length - 1) == '/') {
      length--;
    }
    return folded.substring(0, length);
  }

  static int segmentEnd(String path, int from) {
    int slash = path.indexOf('/', from);
    return slash < 0 ? path.length() : slash;
  }

  static int trimmedStart(String path, int from, int to) {
    int start = from;
    while (start < to && isBlank(path.charAt(start))) {
      start++;
    }
    return start;
  }

  static int trimmedEnd(String path, int from, int to) {
    int end = to;
    while (end > from && isEndless(path.charAt(end - 1))) {
      end--;
    }
    return end;
  }

  /** Both ways, as {@link String#equalsIgnoreCase} has it: the Kelvin sign is a k, the long s an s. */
  private static char fold(char c) {
    if (c < 0x80) {
      return c >= 'A' && c <= 'Z' ? (char) (c + 'a' - 'A') : c;
    }
    return Character.toLowerCase(Character.toUpperCase(c));
  }

  private static boolean isEndless(char c) {
    return c == '.' || isBlank(c);
  }

  private static boolean isBlank(char c) {
    return c <= ' ' || c == 0x7f;
  }
}
