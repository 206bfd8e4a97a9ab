package io.ostiary.tests.fuzz;

import java.nio.charset.StandardCharsets;

/** Texts and bytes in one line of ASCII. */
final class Printable {

  private Printable() {}

  static String of(String text) {
    StringBuilder line = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        line.append("\\\\");
      } else if (c >= ' ' && c < 0x7f) {
        line.append(c);
      } else {
        line.append(String.format(c < 0x100 ? "\\x%02x" : "\\u%04x", (int) c));
      }
    }
    return line.toString();
  }

  static String of(byte[] bytes) {
    return of(new String(bytes, StandardCharsets.ISO_8859_1));
  }
}
