package io.ostiary.core;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The token that is going by: its first bytes, as many as are wanted, and how long it is in all. */
final class Clip {

  private byte[] kept = new byte[48];
  private int wanted;
  private long length;

  /** Begins a token of which at most this many bytes are wanted. */
  void begin(int wanted) {
    this.wanted = wanted;
    length = 0;
  }

  void append(int value) {
    if (length < wanted) {
      room((int) length + 1);
      kept[(int) length] = (byte) value;
    }
    length++;
  }

  void append(byte[] bytes, int from, int to) {
    if (length < wanted) {
      int taken = Math.min(to - from, wanted - (int) length);
      room((int) length + taken);
      System.arraycopy(bytes, from, kept, (int) length, taken);
    }
    length += to - from;
  }

  /** Appends a character other than a surrogate, in UTF-8. */
  void appendCharacter(int codePoint) {
    if (codePoint < 0x80) {
      append(codePoint);
      return;
    }
    if (codePoint < 0x800) {
      append(0xC0 | (codePoint >> 6));
    } else {
      if (codePoint < 0x10000) {
        append(0xE0 | (codePoint >> 12));
      } else {
        append(0xF0 | (codePoint >> 18));
        append(0x80 | ((codePoint >> 12) & 0x3F));
      }
      append(0x80 | ((codePoint >> 6) & 0x3F));
    }
    append(0x80 | (codePoint & 0x3F));
  }

  private void room(int bytes) {
    if (bytes > kept.length) {
      kept = Arrays.copyOf(kept, Math.min(wanted, Math.max(bytes, 2 * kept.length)));
    }
  }

  /** How many bytes the token has so far, kept or not. */
  long length() {
    return length;
  }

  /** Whether every byte was kept. */
  boolean isWhole() {
    return length <= wanted;
  }

  /** A number that two whole tokens share if they are the same. */
  int hash() {
    return isWhole() ? hash(kept, (int) length) : 0;
  }

  /** The number that {@link #hash} is for a token of these bytes. */
  static int hash(byte[] bytes, int length) {
    return length == 0 ? 0 : length + 7 * bytes[0] + 31 * bytes[length - 1];
  }

  boolean is(byte[] expected) {
    return length == expected.length && startsWith(expected);
  }

  /** Whether the token begins so; no more may be asked for than was wanted. */
  boolean startsWith(byte[] expected) {
    return length >= expected.length
        && Arrays.equals(kept, 0, expected.length, expected, 0, expected.length);
  }

  /** Whether the token was kept whole and ends so. */
  boolean endsWith(byte[] expected) {
    int end = (int) length;
    return isWhole()
        && length >= expected.length
        && Arrays.equals(kept, end - expected.length, end, expected, 0, expected.length);
  }

  /** The number that a whole token is, which must be a minus or none and at most 18 digits. */
  long integer() {
    boolean negative = kept[0] == '-';
    long value = 0;
    for (int i = negative ? 1 : 0; i < length; i++) {
      value = 10 * value + (kept[i] - '0');
    }
    return negative ? -value : value;
  }

  /** Whether the token is this text but for case, as {@link String#equalsIgnoreCase} sees it. */
  boolean isIgnoringCase(String text) {
    if (length < text.length() || !isWhole()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (kept[i] < 0 || text.charAt(i) >= 0x80) {
        return text().equalsIgnoreCase(text);
      }
      if (lowerCase(kept[i]) != lowerCase(text.charAt(i))) {
        return false;
      }
    }
    return length == text.length();
  }

  private static int lowerCase(int ascii) {
    return ascii >= 'A' && ascii <= 'Z' ? ascii + 0x20 : ascii;
  }

  /** The bytes kept, as text; a character that was cut at the end is left out. */
  String text() {
    int end = (int) Math.min(length, wanted);
    if (!isWhole()) {
      end = Utf8.wholeUntil(kept, end);
    }
    return new String(kept, 0, end, StandardCharsets.UTF_8);
  }
}
