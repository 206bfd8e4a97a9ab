package io.ostiary.core;

import org.jspecify.annotations.Nullable;

/**
 * One line of a {@code Forwarded} header, read element by element (RFC 7239 section 4). White space is taken around commas and
 * semicolons, as many proxies write it, and nowhere else. Used by one thread, once.
 */
final class ForwardedLine {

  private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

  private final String line;
  private int at;

  ForwardedLine(String line) {
    this.line = line;
  }

  boolean hasNext() {
    return at < line.length();
  }

  /**
   * Who the next element says it was forwarded for; empty for an element without anything in it; {@code null} if it is
   * malformed or does not say. After {@code null} there is no reading on.
   */
  @Nullable String next() {
    String whom = "";
    boolean says = false;
    boolean any = false;
    do {
      skipSpace();
      if (isPairNext()) {
        any = true;
        String name = token();
        String value = skip('=') ? value() : null;
        if (value == null || (says && name.equalsIgnoreCase("for"))) {
          return null;
        }
        if (name.equalsIgnoreCase("for")) {
          says = true;
          whom = value;
        }
        skipSpace();
      }
    } while (skip(';'));
    boolean ended = !hasNext() || skip(',');
    return ended && says == any ? whom : null;
  }

  private boolean isPairNext() {
    return at < line.length() && line.charAt(at) != ';' && line.charAt(at) != ',';
  }

  private @Nullable String value() {
    if (skip('"')) {
      return quoted();
    }
    String token = token();
    return token.isEmpty() ? null : token;
  }

  private String token() {
    int start = at;
    while (at < line.length() && isTokenMark(line.charAt(at))) {
      at++;
    }
    return line.substring(start, at);
  }

  private @Nullable String quoted() {
    StringBuilder value = new StringBuilder();
    while (at < line.length()) {
      char c = line.charAt(at++);
      if (c == '"') {
        return value.isEmpty() ? null : value.toString();
      }
      if (c == '\\' && at < line.length()) {
        c = line.charAt(at++);
      }
      value.append(c);
    }
    return null;
  }

  private void skipSpace() {
    while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
      at++;
    }
  }

  private boolean skip(char expected) {
    boolean there = at < line.length() && line.charAt(at) == expected;
    if (there) {
      at++;
    }
    return there;
  }

  /** The characters of a token (RFC 9110 section 5.6.2). */
  private static boolean isTokenMark(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || TOKEN_MARKS.indexOf(c) >= 0;
  }
}
