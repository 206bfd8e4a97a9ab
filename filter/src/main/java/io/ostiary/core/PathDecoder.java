package io.ostiary.core;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Decodes the path of a request line once, as RFC 3986 has it: without the parameters of segments, in UTF-8. It tells whether
 * there was anything in the path that another decoder may read in another way. Used by one thread, once.
 */
final class PathDecoder {

  private final String raw;
  private final ByteArrayOutputStream bytes;
  private int at;
  private boolean clear = true;
  private final String text;

  PathDecoder(String raw) {
    this.raw = raw;
    this.bytes = new ByteArrayOutputStream(raw.length());
    while (at < raw.length()) {
      next();
    }
    this.text = decoded();
    this.clear &= hasClearSegments(text) && !hasEscape(text) && !hasControl(text);
  }

  String text() {
    return text;
  }

  /** Whether every decoder reads the same. */
  boolean isClear() {
    return clear;
  }

  /** Whether there is nothing to decode in a path: it is its own and only reading. */
  static boolean isPlain(String raw) {
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '%' || c == ';' || isOdd(c)) {
        return false;
      }
    }
    return hasClearSegments(raw);
  }

  private void next() {
    int c = raw.codePointAt(at);
    at += Character.charCount(c);
    if (c == '%') {
      escape();
    } else if (c == ';') {
      parameters();
    } else {
      clear &= !isOdd(c);
      bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
    }
  }

  private void escape() {
    if (!isHex(raw, at)) {
      clear = false;
      bytes.write('%');
      return;
    }
    int octet = HexFormat.fromHexDigits(raw, at, at + 2);
    at += 2;
    clear &= octet >= 0x80 || !(octet == '/' || octet == ';' || (octet != ' ' && isOdd(octet)));
    bytes.write(octet);
  }

  /** What follows a semicolon is the segment's parameters, a session's id for one; it goes up to the next slash. */
  private void parameters() {
    while (at < raw.length() && raw.charAt(at) != '/') {
      char c = raw.charAt(at++);
      clear &= c != '%' && !isOdd(c);
    }
  }

  private String decoded() {
    try {
      ByteBuffer encoded = ByteBuffer.wrap(bytes.toByteArray());
      return StandardCharsets.UTF_8.newDecoder().decode(encoded).toString();
    } catch (CharacterCodingException e) {
      clear = false;
      return bytes.toString(StandardCharsets.UTF_8);
    }
  }

  /** No place for a slash, a query, a control character or a byte that is not ASCII (RFC 3986 section 3.3). */
  private static boolean isOdd(int c) {
    return c <= ' ' || c >= 0x7f || c == '\\' || c == '?' || c == '#';
  }

  /** Whether no segment before the last is empty, and none is made of dots and blanks only. */
  private static boolean hasClearSegments(String path) {
    if (!path.startsWith("/")) {
      return false;
    }
    int from = 1;
    while (from < path.length()) {
      int to = LoosePath.segmentEnd(path, from);
      if (LoosePath.trimmedEnd(path, from, to) == from) {
        return false;
      }
      from = to + 1;
    }
    return true;
  }

  /** Whether a second decoding would change anything. */
  private static boolean hasEscape(String text) {
    int percent = text.indexOf('%');
    while (percent >= 0) {
      if (isHex(text, percent + 1) || isUtf16(text, percent + 1)) {
        return true;
      }
      percent = text.indexOf('%', percent + 1);
    }
    return false;
  }

  /** Whether there is a C1 control in a text; those of ASCII were odd before they were decoded. */
  private static boolean hasControl(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80 && text.charAt(i) < 0xa0) {
        return true;
      }
    }
    return false;
  }

  static boolean isHex(String text, int at) {
    return at + 2 <= text.length()
        && HexFormat.isHexDigit(text.charAt(at))
        && HexFormat.isHexDigit(text.charAt(at + 1));
  }

  /** Whether the rest of {@code %u002f} stands there, an escape that never was in any standard. */
  static boolean isUtf16(String text, int at) {
    boolean marked = text.startsWith("u", at) || text.startsWith("U", at);
    return marked && isHex(text, at + 1) && isHex(text, at + 3);
  }
}
