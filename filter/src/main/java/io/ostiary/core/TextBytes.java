package io.ostiary.core;

/** Bytes in UTF-8 as the characters that they are, given to a search one by one; what is ill-formed is U+FFFD. */
final class TextBytes {

  private static final int REPLACEMENT = 0xFFFD;

  private final WordSearch search;
  private int codePoint;
  private int missing;
  private byte first;
  private boolean second;

  TextBytes(WordSearch search) {
    this.search = search;
  }

  /** Takes the next byte. */
  void accept(byte value) {
    if (missing == 0) {
      begin(value);
      return;
    }
    boolean fits = second ? Utf8.isSecond(first, value) : Utf8.isContinuation(value);
    if (!fits) {
      end();
      begin(value);
      return;
    }
    second = false;
    codePoint = codePoint << 6 | (value & 0x3F);
    if (--missing == 0) {
      search.accept(codePoint);
    }
  }

  private void begin(byte value) {
    int length = Utf8.length(value);
    if (value >= 0) {
      search.accept(value);
    } else if (length == 0) {
      search.accept(REPLACEMENT);
    } else {
      first = value;
      second = true;
      missing = length - 1;
      codePoint = value & (0x7F >> length);
    }
  }

  /** Says that what comes next, if anything, is no more of this character. */
  void end() {
    if (missing > 0) {
      missing = 0;
      search.accept(REPLACEMENT);
    }
  }
}
