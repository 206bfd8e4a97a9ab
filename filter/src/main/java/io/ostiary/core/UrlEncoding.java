package io.ostiary.core;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

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

  /**
   * Encodes a text in UTF-8: all but letters, digits and {@code -._~} (RFC 3986 section 2.3).
   *
   * @param more ASCII characters that stay too
   */
  static String encode(String text, String more) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (octet & 0xFF);
      boolean stays = (c < 0x80 && Character.isLetterOrDigit(c)) || "-._~".indexOf(c) >= 0;
      if (stays || more.indexOf(c) >= 0) {
        out.append(c);
      } else {
        out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(octet));
      }
    }
    return out.toString();
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
