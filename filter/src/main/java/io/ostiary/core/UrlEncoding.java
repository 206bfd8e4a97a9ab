package io.ostiary.core;

import java.nio.charset.Charset;

/** Percent-encoding as forms use it (WHATWG URL Standard, section 5.1): a plus is a space, a percent sign that begins no byte stays. */
final class UrlEncoding {

  private UrlEncoding() {}

  /** Decodes bytes, in place; what is ill-formed in the charset becomes U+FFFD. */
  static String decode(byte[] bytes, int from, int to, Charset charset) {
    return new String(bytes, from, decodeInPlace(bytes, from, to) - from, charset);
  }

  /** Decodes bytes where they stand; answers their new end. */
  static int decodeInPlace(byte[] bytes, int from, int to) {
    int out = from;
    for (int at = from; at < to; at++) {
      int value = bytes[at];
      if (value == '+') {
        value = ' ';
      } else if (isEncoded(bytes, at, to)) {
        value = digit(bytes[at + 1]) << 4 | digit(bytes[at + 2]);
        at += 2;
      }
      bytes[out++] = (byte) value;
    }
    return out;
  }

  /** Whether every percent sign begins an encoded byte. */
  static boolean isWellFormed(byte[] bytes) {
    for (int at = 0; at < bytes.length; at++) {
      if (bytes[at] == '%' && !isEncoded(bytes, at, bytes.length)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isEncoded(byte[] bytes, int at, int to) {
    return bytes[at] == '%'
        && to - at > 2
        && digit(bytes[at + 1]) >= 0
        && digit(bytes[at + 2]) >= 0;
  }

  private static int digit(byte value) {
    return value < 0 ? -1 : Character.digit(value, 16);
  }
}
