package io.ostiary.core;

/**
 * The first thing that is wrong with a JSON document, put into words only when asked for: of answers nobody asks.
 *
 * @param what in English and without anything of the document's content
 * @param at the byte where it is, counted from 0, or a negative number
 */
record JsonFlaw(String what, long at) {

  private static final long NOWHERE = -1;

  /** Something that is not wrong at one byte alone. */
  static JsonFlaw of(String what) {
    return new JsonFlaw(what, NOWHERE);
  }

  /**
   * A byte that is wrong. In UTF-16 and UTF-32 one of the first four bytes is zero, or the first belongs to a byte order mark
   * (RFC 4627 section 3).
   */
  static JsonFlaw ofByte(String what, byte value, long at) {
    boolean isWide = value == 0 ? at < 4 : at == 0 && (value == (byte) 0xFE || value == -1);
    return isWide ? of("UTF-16 or UTF-32, where UTF-8 is needed") : new JsonFlaw(what, at);
  }

  /** An end that came too soon, after so many bytes. */
  static JsonFlaw ofEnd(long at) {
    return at == 0 ? of("empty, not JSON") : new JsonFlaw("not JSON: it ends early,", at);
  }

  String text() {
    return at == NOWHERE ? what : what + " at byte " + at;
  }
}
