package io.ostiary.core;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** What well-formed UTF-8 is (The Unicode Standard, table 3-7): no overlong forms, no surrogates, nothing above U+10FFFF. */
final class Utf8 {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Utf8() {}

  /** The end of the run of well-formed characters of more than one byte from here; where it stands if there is none. */
  static int run(byte[] bytes, int from, int end) {
    int at = from;
    while (at < end && bytes[at] < 0) {
      int length = at <= end - Long.BYTES ? common((long) LONGS.get(bytes, at)) : 0;
      length = length > 0 ? length : sequence(bytes, at, end);
      if (length == 0) {
        return at;
      }
      at += length;
    }
    return at;
  }

  /**
   * How many of eight bytes are characters of three whose first byte allows any second, as nearly all of East Asia's are: two
   * of them, one, or none that is seen here.
   */
  private static int common(long eight) {
    if ((eight & 0xC0C0F0) != 0x8080E0 || !allowsAnySecond(eight)) {
      return 0;
    }
    long next = eight >>> 24;
    return (next & 0xC0C0F0) == 0x8080E0 && allowsAnySecond(next) ? 6 : 3;
  }

  /** Whether the lowest byte, 0xE0 to 0xEF, is neither 0xE0 nor 0xED. */
  private static boolean allowsAnySecond(long bytes) {
    return (0b1101_1111_1111_1110 >>> (bytes & 0xF) & 1) != 0;
  }

  /** How many bytes a character of more than one byte has, by its first; 0 if no such character begins so. */
  static int length(byte first) {
    int value = first & 0xFF;
    if (value < 0xC2) {
      return 0;
    }
    if (value < 0xE0) {
      return 2;
    }
    if (value < 0xF0) {
      return 3;
    }
    return value <= 0xF4 ? 4 : 0;
  }

  /** Whether a byte may be the second of a character that begins so: here the forms that are too long or too high fall out. */
  static boolean isSecond(byte first, byte second) {
    int value = second & 0xFF;
    return switch (first) {
      case (byte) 0xE0 -> value >= 0xA0 && value < 0xC0;
      case (byte) 0xED -> value >= 0x80 && value < 0xA0;
      case (byte) 0xF0 -> value >= 0x90 && value < 0xC0;
      case (byte) 0xF4 -> value >= 0x80 && value < 0x90;
      default -> isContinuation(second);
    };
  }

  static boolean isContinuation(byte value) {
    return value < (byte) 0xC0;
  }

  /** The length of the character of more than one byte that stands here whole and well-formed, or 0. */
  static int sequence(byte[] bytes, int at, int end) {
    byte first = bytes[at];
    int length = length(first);
    if (length == 0 || end - at < length || !isSecond(first, bytes[at + 1])) {
      return 0;
    }
    if (length > 2 && !isContinuation(bytes[at + 2])) {
      return 0;
    }
    return length > 3 && !isContinuation(bytes[at + 3]) ? 0 : length;
  }

  /** The end of the last whole character among the first bytes of well-formed text. */
  static int wholeUntil(byte[] bytes, int end) {
    int first = end - 1;
    while (first >= 0 && bytes[first] < 0 && isContinuation(bytes[first])) {
      first--;
    }
    return first >= 0 && bytes[first] < 0 && first + length(bytes[first]) > end ? first : end;
  }
}
