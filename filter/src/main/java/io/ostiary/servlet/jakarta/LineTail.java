package io.ostiary.servlet.jakarta;

/** Where the last bytes of a text in lines have left it. Of one writer at a time. */
final class LineTail {

  /** How many line ends there were last, two at most; a text begins where an event may begin. */
  private int ends = 2;

  void saw(int character) {
    if (character == '\n') {
      ends = Math.min(2, ends + 1);
    } else if (character != '\r') {
      ends = 0;
    }
  }

  void saw(byte[] bytes, int offset, int length) {
    for (int i = Math.max(0, length - 4); i < length; i++) {
      saw(bytes[offset + i]);
    }
  }

  void saw(CharSequence text, int offset, int length) {
    for (int i = Math.max(0, length - 4); i < length; i++) {
      saw(text.charAt(offset + i));
    }
  }

  /** Whether a line has just ended, so that nothing that is written now mixes with half a line. */
  boolean isBetweenLines() {
    return ends > 0;
  }

  /** Whether an event has just ended. */
  boolean isBetweenEvents() {
    return ends == 2;
  }
}
