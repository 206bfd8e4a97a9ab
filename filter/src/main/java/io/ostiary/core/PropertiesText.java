package io.ostiary.core;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Reads a properties file and keeps the lines: the form of {@link java.util.Properties}, but in UTF-8, with comments
 * behind values, and with anything odd told instead of guessed. White space before {@code #} begins a comment, {@code
 * \#} is the character itself.
 */
final class PropertiesText {

  /** One setting as the file has it, escapes resolved. */
  record Entry(Place place, String name, String value) {}

  private final String text;
  private final String file;
  private final Problems problems;
  private final List<Entry> entries = new ArrayList<>();
  private int at;
  private int line = 1;

  private PropertiesText(String text, String file, Problems problems) {
    this.text = text;
    this.file = file;
    this.problems = problems;
  }

  static List<Entry> read(byte[] bytes, String file, Problems problems) {
    PropertiesText reader = new PropertiesText(decode(bytes, file, problems), file, problems);
    reader.lines();
    return reader.entries;
  }

  private static String decode(byte[] bytes, String file, Problems problems) {
    int from = hasByteOrderMark(bytes) ? 3 : 0;
    if (!isUtf8(bytes, from, bytes.length)) {
      findBadLines(bytes, from, file, problems);
    }
    return new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
  }

  private static boolean hasByteOrderMark(byte[] b) {
    return b.length >= 3 && b[0] == (byte) 0xEF && b[1] == (byte) 0xBB && b[2] == (byte) 0xBF;
  }

  /** UTF-8 has no newline byte inside a character, so each line can be tried alone. */
  private static void findBadLines(byte[] bytes, int from, String file, Problems problems) {
    int line = 1;
    int start = from;
    for (int i = from; i <= bytes.length; i++) {
      if (i == bytes.length || bytes[i] == '\n' || bytes[i] == '\r') {
        if (!isUtf8(bytes, start, i)) {
          problems.at(new Place(file, line), "this line is not UTF-8");
        }
        boolean beforeNewline = i + 1 < bytes.length && bytes[i] == '\r' && bytes[i + 1] == '\n';
        if (!beforeNewline) {
          line++;
        }
        start = i + 1;
      }
    }
  }

  private static boolean isUtf8(byte[] bytes, int from, int to) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, to - from));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private void lines() {
    while (at < text.length()) {
      skipBlanks();
      if (at == text.length() || isLineEnd(text.charAt(at))) {
        skipLineEnd();
      } else if (text.charAt(at) == '#' || text.charAt(at) == '!') {
        skipLine();
      } else {
        entry();
      }
    }
  }

  private void entry() {
    Place place = new Place(file, line);
    Token name = new Token();
    while (!atEnd() && text.charAt(at) != '=' && text.charAt(at) != ':') {
      take(name, place);
    }
    if (atEnd()) {
      problems.at(
          place, "a setting and its value, with = between them, were expected on this line");
      skipLine();
      return;
    }
    boolean colon = text.charAt(at++) == ':';
    Token value = value(place);
    skipLine();
    if (name.hasInnerSpace || name.length() == 0) {
      problems.at(place, "the name of a setting was expected before the =");
    } else if (colon && value.hasEquals) {
      problems.at(place, "a colon ends the name of a setting; write \\: for one inside a name");
    } else {
      entries.add(new Entry(place, name.toString(), value.toString()));
    }
  }

  private Token value(Place place) {
    Token value = new Token();
    while (!atEnd()) {
      if (text.charAt(at) == '#' && isSpace(text.charAt(at - 1))) {
        break;
      }
      value.hasEquals |= text.charAt(at) == '=';
      take(value, place);
    }
    return value;
  }

  /** Takes one character, or what an escape stands for. */
  private void take(Token token, Place place) {
    char c = text.charAt(at++);
    if (c != '\\') {
      token.add(c);
    } else if (at == text.length()) {
      problems.at(new Place(file, line), "the file ends where a line was to be continued");
    } else if (isLineEnd(text.charAt(at))) {
      skipLineEnd();
      skipBlanks();
    } else {
      escape(token, place);
    }
  }

  private void escape(Token token, Place place) {
    char c = text.charAt(at++);
    switch (c) {
      case 't' -> token.addLiteral('\t');
      case 'n' -> token.addLiteral('\n');
      case 'r' -> token.addLiteral('\r');
      case 'f' -> token.addLiteral('\f');
      case 'u' -> unicode(token, place);
      default -> token.addLiteral(c);
    }
  }

  private void unicode(Token token, Place place) {
    int end = at;
    while (end < text.length() && end < at + 4 && HexFormat.isHexDigit(text.charAt(end))) {
      end++;
    }
    if (end == at + 4) {
      token.addLiteral((char) HexFormat.fromHexDigits(text, at, end));
    } else {
      problems.at(
          new Place(place.source(), line), "four hexadecimal digits were expected after \\u");
    }
    at = end;
  }

  private boolean atEnd() {
    return at == text.length() || isLineEnd(text.charAt(at));
  }

  private void skipBlanks() {
    while (at < text.length() && isBlank(text.charAt(at))) {
      at++;
    }
  }

  private void skipLine() {
    while (!atEnd()) {
      at++;
    }
    skipLineEnd();
  }

  private void skipLineEnd() {
    if (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '\r' && at < text.length() && text.charAt(at) == '\n') {
        at++;
      }
      line++;
    }
  }

  private static boolean isLineEnd(char c) {
    return c == '\n' || c == '\r';
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\f';
  }

  private static boolean isSpace(char c) {
    return isBlank(c) || isLineEnd(c);
  }

  /** A name or value in the making: blanks around it do not count, escaped ones do. */
  private static final class Token {

    private final StringBuilder text = new StringBuilder();
    private int end;
    private boolean hasInnerSpace;
    private boolean hasEquals;

    void add(char c) {
      if (!isBlank(c)) {
        addLiteral(c);
      } else if (end > 0) {
        text.append(c);
      }
    }

    void addLiteral(char c) {
      hasInnerSpace |= text.length() > end;
      text.append(c);
      end = text.length();
    }

    int length() {
      return end;
    }

    @Override
    public String toString() {
      return text.substring(0, end);
    }
  }
}
