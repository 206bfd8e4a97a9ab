package io.ostiary.core;

import java.util.function.IntConsumer;

/**
 * Text as lists of words see it, one symbol after another: small letters in place of capitals, ASCII in place of its full-width
 * forms, one space for any run of white space, and nothing for what has no width. Where a word begins or ends there is an {@link
 * #EDGE}, so that a list can tell a word from a part of one; scripts that do not part their words have no edges.
 */
final class TextFold {

  /** The symbol at the beginning and the end of a word; no character is it. */
  static final int EDGE = Character.MAX_CODE_POINT + 1;

  private static final int NOTHING = -1;
  private static final int FULL_WIDTH = 0xFEE0;

  /** White space for Unicode, a control character for Java. */
  private static final int NEXT_LINE = 0x85;

  private final IntConsumer symbols;
  private boolean inWord;
  private boolean afterSpace;
  private boolean open;

  /** @param symbols takes what comes of the text */
  TextFold(IntConsumer symbols) {
    this.symbols = symbols;
  }

  /**
   * Begins a text.
   *
   * @param open whether it is the rest of a longer one, so that no edge can be seen at its beginning
   */
  void begin(boolean open) {
    this.open = open;
    inWord = false;
    afterSpace = false;
  }

  /** Takes the next character. */
  void accept(int codePoint) {
    int folded = fold(codePoint);
    if (folded == NOTHING || (folded == ' ' && afterSpace)) {
      return;
    }
    boolean word = isInWords(folded);
    if (word != inWord && !open) {
      symbols.accept(EDGE);
    }
    open = false;
    inWord = word;
    afterSpace = folded == ' ';
    symbols.accept(folded);
  }

  /** Ends a text that is not going on. */
  void end() {
    if (inWord) {
      symbols.accept(EDGE);
    }
    inWord = false;
  }

  private static int fold(int c) {
    if (c < 0x80) {
      return ascii(c);
    }
    if (c >= 0xFF01 && c <= 0xFF5E) {
      return ascii(c - FULL_WIDTH);
    }
    if (Character.isSpaceChar(c) || Character.isWhitespace(c) || c == NEXT_LINE) {
      return ' ';
    }
    if (hasNoWidth(c)) {
      return NOTHING;
    }
    return c >= 0x2E80 && c <= 0xD7FF ? c : Character.toLowerCase(Character.toUpperCase(c));
  }

  private static int ascii(int c) {
    if (c >= 'A' && c <= 'Z') {
      return c + ('a' - 'A');
    }
    if (c > ' ' && c != 0x7F) {
      return c;
    }
    return c == ' ' || (c >= '\t' && c <= '\r') ? ' ' : NOTHING;
  }

  private static boolean hasNoWidth(int c) {
    int type = Character.getType(c);
    return type == Character.FORMAT || type == Character.CONTROL || isIgnorable(c);
  }

  /** What else Unicode has as Default_Ignorable_Code_Point: joiners, fillers and selectors of variants, which no reader sees. */
  private static boolean isIgnorable(int c) {
    return switch (c) {
      case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180F -> true;
      case 0x2065, 0x3164, 0xFFA0 -> true;
      default ->
          (c >= 0xFE00 && c <= 0xFE0F)
              || (c >= 0xFFF0 && c <= 0xFFF8)
              || (c >= 0xE0000 && c <= 0xE0FFF);
    };
  }

  private static boolean isInWords(int c) {
    if (c < 0x80) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }
    return !isOfScriptWithoutEdges(c) && Character.isLetterOrDigit(c);
  }

  /** Thai to Myanmar, Khmer, all of East Asia: text without spaces, or with endings that cling to words. */
  private static boolean isOfScriptWithoutEdges(int c) {
    return (c >= 0x0E00 && c <= 0x109F)
        || (c >= 0x1780 && c <= 0x17FF)
        || (c >= 0x2E80 && c <= 0xD7FF)
        || (c >= 0xF900 && c <= 0xFAFF)
        || (c >= 0xFF66 && c <= 0xFFDC)
        || (c >= 0x1B000 && c <= 0x1B16F)
        || (c >= 0x20000 && c <= 0x3FFFF);
  }
}
