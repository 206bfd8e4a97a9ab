package io.ostiary.core;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * An allowlist of names: exact ones, and globs in which {@code *} stands for any run of characters and {@code ?} for one.
 * Matching takes time linear in the name for each glob's stars, never more, and compares case.
 */
final class NameSet {

  /** No list was given: every name is on it. */
  static final NameSet ANY = new NameSet(Set.of(), List.of("*"));

  private final Set<String> exact;
  private final List<String> globs;

  private NameSet(Set<String> exact, List<String> globs) {
    this.exact = exact;
    this.globs = globs;
  }

  /** The names and globs listed; an empty list holds no name at all. */
  static NameSet of(Collection<String> entries) {
    Set<String> exact = new HashSet<>();
    List<String> globs = new ArrayList<>();
    for (String entry : entries) {
      if (isGlob(entry)) {
        globs.add(entry);
      } else {
        exact.add(entry);
      }
    }
    return new NameSet(Set.copyOf(exact), List.copyOf(globs));
  }

  static boolean isGlob(String entry) {
    return entry.indexOf('*') >= 0 || entry.indexOf('?') >= 0;
  }

  boolean contains(String name) {
    if (this == ANY || exact.contains(name)) {
      return true;
    }
    for (int i = 0; i < globs.size(); i++) {
      if (matches(globs.get(i), name)) {
        return true;
      }
    }
    return false;
  }

  /** Whether every name is on the list because none was given. */
  boolean isAny() {
    return this == ANY;
  }

  /** The entries as the operator wrote them, exact ones first. */
  List<String> entries() {
    List<String> entries = new ArrayList<>(exact);
    entries.sort(null);
    entries.addAll(globs);
    return entries;
  }

  /** Whether a name or glob matches the whole of a name, as {@link String#equalsIgnoreCase} compares: for what must not be got round. */
  static boolean matchesInAnyCase(String glob, String name) {
    return matches(glob, name, true);
  }

  /** Whether a glob matches the whole of a name. */
  static boolean matches(String glob, String name) {
    return matches(glob, name, false);
  }

  /** The last star is the only place to come back to. */
  private static boolean matches(String glob, String name, boolean anyCase) {
    int g = 0;
    int n = 0;
    int star = -1;
    int mark = 0;
    while (n < name.length()) {
      if (g < glob.length() && glob.charAt(g) == '*') {
        star = g++;
        mark = n;
      } else if (g < glob.length() && fits(glob.charAt(g), name.charAt(n), anyCase)) {
        g++;
        n++;
      } else if (star >= 0) {
        g = star + 1;
        n = ++mark;
      } else {
        return false;
      }
    }
    while (g < glob.length() && glob.charAt(g) == '*') {
      g++;
    }
    return g == glob.length();
  }

  private static boolean fits(char inGlob, char inName, boolean anyCase) {
    return inGlob == '?' || inGlob == inName || (anyCase && fold(inGlob) == fold(inName));
  }

  private static char fold(char letter) {
    return Character.toLowerCase(Character.toUpperCase(letter));
  }

  @Override
  public String toString() {
    return this == ANY ? "any" : entries().toString();
  }
}
