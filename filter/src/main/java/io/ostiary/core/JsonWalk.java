package io.ostiary.core;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** One pass over a JSON document that has been found valid, token by token; of texts no more is kept than answers can show. */
final class JsonWalk {

  /** How many bytes are kept of a name or string. */
  static final int LONGEST = 256;

  /** What stands at a place. */
  enum Token {
    OBJECT,
    END_OBJECT,
    ARRAY,
    END_ARRAY,
    NAME,
    STRING,
    /** A number or a truth value. */
    SCALAR,
    NULL,
    END
  }

  private static final int NOTHING = -2;

  private final InputStream in;
  private final byte[] buffer = new byte[8 * 1024];
  private final byte[] kept = new byte[LONGEST];
  private int at;
  private int end;
  private int length;
  private int pushedBack = NOTHING;

  JsonWalk(InputStream in) {
    this.in = in;
  }

  Token next() throws IOException {
    int value = significant();
    return switch (value) {
      case -1 -> Token.END;
      case '{' -> Token.OBJECT;
      case '}' -> Token.END_OBJECT;
      case '[' -> Token.ARRAY;
      case ']' -> Token.END_ARRAY;
      case '"' -> text();
      default -> scalar(value);
    };
  }

  /** The name or string that was the last token, as far as it is kept. */
  String string() {
    String escaped = new String(kept, 0, Utf8.wholeUntil(kept, length), StandardCharsets.UTF_8);
    return JsonText.unescape(escaped);
  }

  /** Whether the string that was the last token is empty. */
  boolean isEmpty() {
    return length == 0;
  }

  /** Goes on behind the value that has begun with this token. */
  void skip(Token first) throws IOException {
    int depth = first == Token.OBJECT || first == Token.ARRAY ? 1 : 0;
    while (depth > 0) {
      depth +=
          switch (next()) {
            case OBJECT, ARRAY -> 1;
            case END_OBJECT, END_ARRAY -> -1;
            case END -> -depth;
            case NAME, STRING, SCALAR, NULL -> 0;
          };
    }
  }

  private Token text() throws IOException {
    length = 0;
    int value = read();
    while (value != '"' && value >= 0) {
      keep(value);
      if (value == '\\') {
        keep(read());
      }
      value = read();
    }
    int after = significant();
    if (after == ':') {
      return Token.NAME;
    }
    pushedBack = after;
    return Token.STRING;
  }

  private void keep(int value) {
    if (length < LONGEST) {
      kept[length++] = (byte) value;
    }
  }

  private Token scalar(int first) throws IOException {
    int value = read();
    while (value > ' ' && value != ',' && value != '}' && value != ']') {
      value = read();
    }
    pushedBack = value;
    return first == 'n' ? Token.NULL : Token.SCALAR;
  }

  /** The next byte that is neither space nor a comma, nor of a byte order mark. */
  private int significant() throws IOException {
    int value = read();
    while ((value >= 0 && value <= ' ') || value == ',' || value > 0x7f) {
      value = read();
    }
    return value;
  }

  private int read() throws IOException {
    if (pushedBack != NOTHING) {
      int value = pushedBack;
      pushedBack = NOTHING;
      return value;
    }
    if (at == end) {
      at = 0;
      end = Math.max(0, in.read(buffer, 0, buffer.length));
    }
    return at < end ? buffer[at++] & 0xFF : -1;
  }
}
