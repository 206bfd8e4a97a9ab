package io.ostiary.core;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * The one place where text becomes the inside of a JSON string (RFC 8259 section 7), as UTF-8, and back. A lone surrogate, which no
 * UTF-8 can carry, becomes U+FFFD.
 */
final class JsonText {

  private static final String HEX = "0123456789abcdef";

  private JsonText() {}

  /** The escaped text as UTF-8, without quotation marks around it. */
  static byte[] bytes(String text) {
    return isPlain(text)
        ? text.getBytes(StandardCharsets.ISO_8859_1)
        : escape(text).getBytes(StandardCharsets.UTF_8);
  }

  /** The escaped text, without quotation marks around it. */
  static String escape(String text) {
    if (isPlain(text)) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isSurrogate(c)) {
        append(out, c);
      } else if (isPair(text, i)) {
        out.append(c).append(text.charAt(++i));
      } else {
        out.append('\ufffd');
      }
    }
    return out.toString();
  }

  /** The text that the inside of a JSON string stands for; of an escape that is cut off at the end nothing is left. */
  static String unescape(String escaped) {
    int at = escaped.indexOf('\\');
    if (at < 0) {
      return escaped;
    }
    StringBuilder out = new StringBuilder(escaped.length());
    int done = 0;
    while (at >= 0 && at + 1 < escaped.length()) {
      out.append(escaped, done, at);
      char kind = escaped.charAt(at + 1);
      boolean coded = kind == 'u';
      if (coded && at + 6 > escaped.length()) {
        return out.toString();
      }
      out.append(coded ? (char) HexFormat.fromHexDigits(escaped, at + 2, at + 6) : plain(kind));
      done = at + (coded ? 6 : 2);
      at = escaped.indexOf('\\', done);
    }
    return out.append(escaped, done, at < 0 ? escaped.length() : at).toString();
  }

  private static char plain(char escape) {
    return switch (escape) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'b' -> '\b';
      case 'f' -> '\f';
      default -> escape;
    };
  }

  /** Most values are plain ASCII names and numbers, and are copied as they are. */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~' || c == '"' || c == '\\') {
        return false;
      }
    }
    return true;
  }

  private static boolean isPair(String text, int i) {
    return i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
  }

  private static void append(StringBuilder out, char c) {
    switch (c) {
      case '"', '\\' -> out.append('\\').append(c);
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      default -> {
        if (c < ' ') {
          out.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
        } else {
          out.append(c);
        }
      }
    }
  }
}
