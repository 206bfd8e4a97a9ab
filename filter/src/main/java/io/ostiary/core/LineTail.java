package io.ostiary.core;

/** Where the last bytes of a text in lines have left it. Of one writer at a time. */
public final class LineTail {

  /** How many line ends there were last, two at most; a text begins where an event may begin. */
  private int ends = 2;

  public void saw(int character) {
    if (character == '\n') {
      ends = Math.min(2, ends + 1);
    } else if (character != '\r') {
      ends = 0;
    }
  }

  public void saw(byte[] bytes, int offset, int length) {
    for (int i = Math.max(0, length - 4); i < length; i++) {
      saw(bytes[offset + i]);
    }
  }

  public void saw(CharSequence text, int offset, int length) {
    for (int i = Math.max(0, length - 4); i < length; i++) {
      saw(text.charAt(offset + i));
    }
  }

  /** Whether a line has just ended, so that nothing that is written now mixes with half a line. */
  public boolean isBetweenLines() {
    return ends > 0;
  }

  /** Whether an event has just ended. */
  public boolean isBetweenEvents() {
    return ends == 2;
  }
}
