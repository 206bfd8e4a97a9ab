package io.ostiary.core;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The names that are on every one of several lists, as short as they can be written: exact names, globs, and {@code a* & *b}
 * for what is matched by two globs of which neither says less than the other.
 */
final class CommonNames {

  private static final String AND = " & ";

  private CommonNames() {}

  /** What the lists have in common: {@code any}, {@code none}, or names and globs with commas. */
  static String write(List<NameSet> lists) {
    Set<List<String>> common = Set.of(List.of());
    for (NameSet list : lists) {
      if (!list.isAny()) {
        common = onBoth(common, list.entries());
      }
    }
    if (common.isEmpty()) {
      return "none";
    }
    List<String> names = common.stream().map(globs -> String.join(AND, globs)).toList();
    return names.equals(List.of("")) ? "any" : String.join(", ", names);
  }

  /** Each element is one name, or globs that all have to match; no glob at all matches anything. */
  private static Set<List<String>> onBoth(Set<List<String>> one, List<String> other) {
    Set<List<String>> both = new LinkedHashSet<>();
    for (List<String> globs : one) {
      for (String entry : other) {
        if (globs.stream().allMatch(glob -> mayMeet(glob, entry))) {
          both.add(narrowed(globs, entry));
        }
      }
    }
    return both;
  }

  private static List<String> narrowed(List<String> globs, String entry) {
    if (globs.stream().anyMatch(glob -> covers(entry, glob))) {
      return globs;
    }
    List<String> kept = new ArrayList<>();
    globs.stream().filter(glob -> !covers(glob, entry)).forEach(kept::add);
    kept.add(entry);
    return List.copyOf(kept);
  }

  /** Whether all that the narrow one matches is matched by the wide one, as far as that shows. */
  private static boolean covers(String wide, String narrow) {
    boolean countsCharacters = wide.indexOf('?') >= 0 && NameSet.isGlob(narrow);
    return wide.equals(narrow) || (!countsCharacters && NameSet.matches(wide, narrow));
  }

  /** Whether some name may match both; false only where it is sure that none does. */
  private static boolean mayMeet(String one, String other) {
    if (!NameSet.isGlob(one) || !NameSet.isGlob(other)) {
      return NameSet.isGlob(one) ? NameSet.matches(one, other) : NameSet.matches(other, one);
    }
    String head = head(one);
    String otherHead = head(other);
    String tail = tail(one);
    String otherTail = tail(other);
    return (head.startsWith(otherHead) || otherHead.startsWith(head))
        && (tail.endsWith(otherTail) || otherTail.endsWith(tail));
  }

  private static String head(String glob) {
    int end = 0;
    while ("*?".indexOf(glob.charAt(end)) < 0) {
      end++;
    }
    return glob.substring(0, end);
  }

  private static String tail(String glob) {
    return glob.substring(Math.max(glob.lastIndexOf('*'), glob.lastIndexOf('?')) + 1);
  }
}
