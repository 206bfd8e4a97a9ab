package io.ostiary.core;

/**
 * The grammar of RFC 8259 as a yes or no. It judges the envelopes of dialect tables once, when they are read, and is not
 * for the bodies of calls. Nesting deeper than {@value #DEEPEST} is refused.
 */
final class JsonGrammar {

  private static final int DEEPEST = 32;
  private static final char END = '\uffff';

  private final String text;
  private int at;

  private JsonGrammar(String text) {
    this.text = text;
  }

  /** Whether a text is exactly one JSON object. */
  static boolean isObject(String text) {
    JsonGrammar grammar = new JsonGrammar(text);
    grammar.skipSpace();
    return grammar.peek() == '{' && grammar.value(0) && grammar.at == text.length();
  }

  private boolean value(int depth) {
    skipSpace();
    boolean good =
        switch (peek()) {
          case '{' -> depth < DEEPEST && members(depth);
          case '[' -> depth < DEEPEST && elements(depth);
          case '"' -> string();
          case 't' -> word("true");
          case 'f' -> word("false");
          case 'n' -> word("null");
          default -> number();
        };
    skipSpace();
    return good;
  }

  private boolean members(int depth) {
    at++;
    skipSpace();
    if (take('}')) {
      return true;
    }
    do {
      skipSpace();
      if (!string()) {
        return false;
      }
      skipSpace();
      if (!take(':') || !value(depth + 1)) {
        return false;
      }
    } while (take(','));
    return take('}');
  }

  private boolean elements(int depth) {
    at++;
    skipSpace();
    if (take(']')) {
      return true;
    }
    do {
      if (!value(depth + 1)) {
        return false;
      }
    } while (take(','));
    return take(']');
  }

  private boolean string() {
    if (!take('"')) {
      return false;
    }
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"') {
        return true;
      }
      if (c < ' ' || (c == '\\' && !escape())) {
        return false;
      }
    }
    return false;
  }

  private boolean escape() {
    if (take('u')) {
      for (int i = 0; i < 4; i++) {
        if (Character.digit(peek(), 16) < 0 || peek() > 'f') {
          return false;
        }
        at++;
      }
      return true;
    }
    if (at == text.length() || "\"\\/bfnrt".indexOf(peek()) < 0) {
      return false;
    }
    at++;
    return true;
  }

  private boolean number() {
    take('-');
    if (!take('0') && !digits()) {
      return false;
    }
    if (take('.') && !digits()) {
      return false;
    }
    if (take('e') || take('E')) {
      if (!take('+')) {
        take('-');
      }
      return digits();
    }
    return true;
  }

  private boolean digits() {
    int start = at;
    while (peek() >= '0' && peek() <= '9') {
      at++;
    }
    return at > start;
  }

  private boolean word(String word) {
    boolean found = text.startsWith(word, at);
    at += found ? word.length() : 0;
    return found;
  }

  private boolean take(char c) {
    boolean found = peek() == c;
    at += found ? 1 : 0;
    return found;
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : END;
  }

  private void skipSpace() {
    while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r') {
      at++;
    }
  }
}
