package io.ostiary.core;

import java.util.ArrayList;
import java.util.List;

/**
 * Words and simple patterns that a text may not have, compiled. It does not change, and any number of threads may search by it.
 * A text is searched in time linear in its length; what a list weighs is linear in the list.
 */
final class WordList {

  /** How many pieces the patterns with a star inside may have in all: each search keeps its place in every such pattern. */
  static final int MOST_PIECES = 1024;

  final WordTrie trie = new WordTrie();

  /** The places that begin a pattern; a bit for each. */
  final long[] firsts = new long[MOST_PIECES / Long.SIZE];

  /** The places that end one. */
  private final long[] lasts = new long[MOST_PIECES / Long.SIZE];

  private final String name;

  /** The lines of the entries without a star inside; in the trie they are known by their place here. */
  private final int[] wholes;

  /** For each piece the places in the patterns that it fills, a bit for each; in the trie it is known after the wholes. */
  private final List<long[]> places = new ArrayList<>();

  /** The line of the pattern that has a place. */
  private final int[] lines = new int[MOST_PIECES];

  private int pieces;

  /**
   * Compiles entries.
   *
   * @param name what the operator calls the list
   * @throws IllegalArgumentException if the patterns have more than {@value #MOST_PIECES} pieces
   */
  WordList(String name, List<WordEntry> entries) {
    this.name = name;
    List<WordEntry> plain = entries.stream().filter(entry -> !entry.hasGap()).toList();
    wholes = plain.stream().mapToInt(WordEntry::line).toArray();
    for (int i = 0; i < wholes.length; i++) {
      trie.add(plain.get(i).pieces().get(0), i);
    }
    entries.stream().filter(WordEntry::hasGap).forEach(this::addPattern);
    trie.link();
  }

  private void addPattern(WordEntry pattern) {
    if (pieces + pattern.pieces().size() > MOST_PIECES) {
      throw new IllegalArgumentException(
          "at most " + MOST_PIECES + " pieces were expected in entries with a star inside");
    }
    set(firsts, pieces);
    for (int[] piece : pattern.pieces()) {
      int fresh = wholes.length + places.size();
      int id = trie.add(piece, fresh);
      if (id == fresh) {
        places.add(new long[MOST_PIECES / Long.SIZE]);
      }
      // A piece that is an entry by itself is refused before its pattern is.
      if (!isWhole(id)) {
        set(places(id), pieces);
      }
      lines[pieces++] = pattern.line();
    }
    set(lasts, pieces - 1);
  }

  private static void set(long[] bits, int place) {
    bits[place / Long.SIZE] |= 1L << place;
  }

  /** Whether a place is the last of its pattern. */
  boolean isLast(int place) {
    return (lasts[place / Long.SIZE] & 1L << place) != 0;
  }

  /** Whether a word in the trie is an entry without a star inside. */
  boolean isWhole(int id) {
    return id < wholes.length;
  }

  /** The line of an entry without a star inside. */
  int line(int id) {
    return wholes[id];
  }

  /** The line of the pattern that has a place. */
  int lineOfPlace(int place) {
    return lines[place];
  }

  /** The places in patterns that a piece fills. */
  long[] places(int id) {
    return places.get(id - wholes.length);
  }

  boolean hasPatterns() {
    return pieces > 0;
  }

  /** What the operator calls the list. */
  String name() {
    return name;
  }

  @Override
  public String toString() {
    return name;
  }
}
