package io.ostiary.core;

/** How the things of a policy may be called. A letter is a Latin one without marks, or a Chinese character. */
final class NameRule {

  private static final int LONGEST_TAG = 100;
  private static final int LONGEST_ENDPOINT = 64;

  private NameRule() {}

  /** The name of a key, route or set of limits: it appears in logs, and in settings between dots. */
  static boolean isTag(String name) {
    return fits(name, LONGEST_TAG) && name.codePoints().allMatch(c -> isWord(c) || c == '-');
  }

  /** The name of a custom endpoint, by the rule of ModelArts.6274. */
  static boolean isEndpoint(String name) {
    return fits(name, LONGEST_ENDPOINT)
        && isLetter(name.codePointAt(0))
        && name.codePoints().allMatch(c -> isWord(c) || c == '-' || c == '.');
  }

  /** Tells of a section with a name that is no tag. */
  static void check(Section section, String sort, Problems problems) {
    if (!isTag(section.name())) {
      problems.at(
          section.place(),
          sort
              + "."
              + Problems.printable(section.name())
              + ": a name has 1 to 100 letters, digits, _ or -");
    }
  }

  private static boolean fits(String name, int most) {
    return !name.isEmpty() && name.codePointCount(0, name.length()) <= most;
  }

  private static boolean isWord(int c) {
    return isLetter(c) || (c >= '0' && c <= '9') || c == '_';
  }

  private static boolean isLetter(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= 0x80
            && Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN
            && Character.isLetter(c));
  }
}
