package io.ostiary.core;

import java.io.IOException;
import java.io.InputStream;

/**
 * The texts of a JSON document, shown to a search: every string that is a value, its escapes undone, each a text of its own. Names
 * are left out, and so is what a {@code data:} URL has in base64: pictures are no words.
 */
final class JsonTexts {

  private static final String DATA = "data:";
  private static final String BASE64 = ";base64,";

  /** How long the head of a {@code data:} URL may be. */
  private static final int LONGEST_HEAD = 128;

  private final InputStream in;
  private final WordSearch search;
  private final TextBytes bytes;
  private final byte[] buffer = new byte[8 * 1024];
  private int at;
  private int end;
  private int highSurrogate;

  /** How many characters of the string there were, and how much of {@link #BASE64} the last of them are. */
  private int length;

  private int matched;
  private boolean maybeUrl;
  private boolean inBase64;

  private JsonTexts(InputStream in, WordSearch search) {
    this.in = in;
    this.search = search;
    this.bytes = new TextBytes(search);
  }

  /**
   * The line of a list that has something of a document, or 0.
   *
   * @param in of which it is known that it is JSON
   */
  static int find(WordList list, InputStream in) throws IOException {
    return new JsonTexts(in, new WordSearch(list)).find();
  }

  private int find() throws IOException {
    int found = 0;
    int value = read();
    while (value >= 0) {
      if (value == '"') {
        found = string();
      } else if (found != 0 && value != ' ' && value != '\n' && value != '\r' && value != '\t') {
        // A string that a colon follows was a name.
        if (value != ':') {
          return found;
        }
        found = 0;
      }
      value = read();
    }
    return found;
  }

  private int string() throws IOException {
    search.begin();
    length = 0;
    matched = 0;
    maybeUrl = true;
    inBase64 = false;
    int value = read();
    while (value != '"' && value >= 0) {
      if (value == '\\') {
        bytes.end();
        escape(read());
      } else if (value >= 0x80) {
        maybeUrl = false;
        inBase64 = false;
        bytes.accept((byte) value);
      } else {
        ascii(value);
      }
      value = read();
    }
    bytes.end();
    return search.end();
  }

  private void escape(int value) throws IOException {
    switch (value) {
      case 'b' -> ascii('\b');
      case 'f' -> ascii('\f');
      case 'n' -> ascii('\n');
      case 'r' -> ascii('\r');
      case 't' -> ascii('\t');
      case 'u' -> unit(hex() << 12 | hex() << 8 | hex() << 4 | hex());
      default -> ascii(value);
    }
  }

  private int hex() throws IOException {
    return Character.digit(read(), 16);
  }

  private void unit(int value) {
    if (Character.isHighSurrogate((char) value)) {
      highSurrogate = value;
    } else if (Character.isLowSurrogate((char) value)) {
      search.accept(Character.toCodePoint((char) highSurrogate, (char) value));
    } else if (value < 0x80) {
      ascii(value);
    } else {
      maybeUrl = false;
      inBase64 = false;
      search.accept(value);
    }
  }

  private void ascii(int c) {
    if (inBase64 && isBase64(c)) {
      return;
    }
    inBase64 = false;
    if (maybeUrl) {
      head(c);
    }
    bytes.accept((byte) c);
  }

  /** One more character of what has looked like a {@code data:} URL so far. */
  private void head(int c) {
    int place = length++;
    if (place < DATA.length()) {
      maybeUrl = Character.toLowerCase(c) == DATA.charAt(place);
      return;
    }
    matched = Character.toLowerCase(c) == BASE64.charAt(matched) ? matched + 1 : c == ';' ? 1 : 0;
    inBase64 = matched == BASE64.length();
    maybeUrl = !inBase64 && length < LONGEST_HEAD && c > ' ';
  }

  private static boolean isBase64(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '+'
        || c == '/'
        || c == '='
        || c == '-'
        || c == '_';
  }

  private int read() throws IOException {
    if (at == end) {
      at = 0;
      end = Math.max(0, in.read(buffer, 0, buffer.length));
    }
    return at < end ? buffer[at++] & 0xFF : -1;
  }
}
