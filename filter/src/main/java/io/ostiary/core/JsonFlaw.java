package io.ostiary.core;

import org.jspecify.annotations.Nullable;

/** The first thing that is wrong with a JSON document; told in words only when asked for, since of answers nobody asks. */
final class JsonFlaw {

  private static final long NOWHERE = -1;

  private @Nullable String what;
  private long at = NOWHERE;

  /** Forgets it, for the next document. */
  void reset() {
    what = null;
    at = NOWHERE;
  }

  boolean isFound() {
    return what != null;
  }

  /** Notes what is wrong, or nothing if that is {@code null}. */
  void note(@Nullable String flaw) {
    what = flaw;
  }

  /** Notes what is wrong, and at which byte, counted from 0. */
  void note(String flaw, long byteNumber) {
    what = flaw;
    at = byteNumber;
  }

  /**
   * Notes that a byte is wrong. In UTF-16 and UTF-32 one of the first four bytes is zero, or the first belongs to a byte order
   * mark (RFC 4627 section 3).
   */
  void noteByte(String flaw, byte value, long byteNumber) {
    boolean isWide =
        value == 0 ? byteNumber < 4 : byteNumber == 0 && (value == (byte) 0xFE || value == -1);
    if (isWide) {
      note("UTF-16 or UTF-32, where UTF-8 is needed");
    } else {
      note(flaw, byteNumber);
    }
  }

  /** What is wrong, in English and without anything of the document's content, or {@code null}. */
  @Nullable String text() {
    return what == null || at == NOWHERE ? what : what + " at byte " + at;
  }
}
