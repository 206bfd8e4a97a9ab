package io.ostiary.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One line of a list of words: the pieces between its stars, as symbols of {@link TextFold}, in the order in which a text must have
 * them. Where no star stands at an end of the line, a word begins or ends there.
 *
 * @param line the line's number, from 1
 */
record WordEntry(int line, List<int[]> pieces) {

  /** In characters. */
  static final int LONGEST = 256;

  /**
   * Reads a line.
   *
   * @throws IllegalArgumentException if it is none, saying what was expected
   */
  static WordEntry parse(int number, String line) {
    if (line.codePointCount(0, line.length()) > LONGEST) {
      throw new IllegalArgumentException(
          "an entry of at most " + LONGEST + " characters was expected");
    }
    List<int[]> pieces = new ArrayList<>(1);
    Piece piece = new Piece(false);
    boolean literal = false;
    for (int at = 0; at < line.length(); at += Character.charCount(line.codePointAt(at))) {
      int c = line.codePointAt(at);
      if (c == '\\' && !literal) {
        literal = true;
      } else if (c == '*' && !literal) {
        piece.addTo(pieces, true);
        piece = new Piece(true);
      } else {
        piece.fold.accept(c);
        literal = false;
      }
    }
    if (literal) {
      throw new IllegalArgumentException("a character was expected after the backslash");
    }
    piece.addTo(pieces, false);
    if (pieces.isEmpty()) {
      throw new IllegalArgumentException("something to look for was expected");
    }
    return new WordEntry(number, List.copyOf(pieces));
  }

  /** Whether there is a star between two pieces. */
  boolean hasGap() {
    return pieces.size() > 1;
  }

  /** What stands between two stars. */
  private static final class Piece {

    private int[] symbols = new int[16];
    private int length;
    private final TextFold fold = new TextFold(this::take);

    Piece(boolean afterStar) {
      fold.begin(afterStar);
    }

    private void take(int symbol) {
      if (length == symbols.length) {
        symbols = Arrays.copyOf(symbols, 2 * length);
      }
      symbols[length++] = symbol;
    }

    void addTo(List<int[]> pieces, boolean beforeStar) {
      if (!beforeStar) {
        fold.end();
      }
      if (length > 0) {
        pieces.add(Arrays.copyOf(symbols, length));
      }
    }
  }
}
