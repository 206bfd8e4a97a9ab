package io.ostiary.core;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An incremental scanner of one JSON document (RFC 8259) in UTF-8: it takes the bytes in pieces of any size, checks all of
 * them, and keeps the values of a few {@link Fields} and nothing else. Memory is bounded by the depth and by what is kept.
 *
 * <p>What two parsers could read in two ways is a problem, since the guard must not judge another model than the app is given:
 * a second document, UTF-16, a surrogate without its other half and, if strict, a guarded name (or one on the way to it) that
 * stands twice or in another case. One thread uses it, for one document.
 */
final class JsonScanner {

  /** How deep objects and arrays may be nested if nothing else is said. */
  static final int DEPTH = 512;

  /** How many UTF-8 bytes of a guarded string are kept. */
  static final int LONGEST_STRING = 512;

  /** How long a guarded number may be, in bytes, to be still read as a whole number. */
  static final int LONGEST_NUMBER = 64;

  /** What a string that is a {@code data:} URL counts at most as text, in bytes: pictures are priced otherwise. */
  static final int LONGEST_DATA_TEXT = 1024;

  private static final byte[] DATA = "data:".getBytes(US_ASCII);

  private final Fields fields;
  private final boolean strict;
  private final int mostDepth;
  private final Captures captures;
  private final Clip clip = new Clip();
  private final JsonString string;
  private final JsonNumber number = new JsonNumber(clip);
  private final Nesting nesting = new Nesting();
  private final Trail trail;

  private Expected expected = Expected.VALUE;
  private Token token = Token.NONE;
  private JsonWord word = JsonWord.BYTE_ORDER_MARK;
  private int wordSeen;

  /** The field whose value is being read. */
  private int field = Fields.Name.NO_FIELD;

  private long textBytes;
  private long position;
  private long base;
  private @Nullable String problem;

  /** A strict scanner, for what is judged. */
  JsonScanner(Fields fields) {
    this(fields, true, DEPTH);
  }

  /** @param mostDepth how deep objects and arrays may be nested, 1 or more */
  JsonScanner(Fields fields, boolean strict, int mostDepth) {
    this.fields = fields;
    this.strict = strict;
    this.mostDepth = mostDepth;
    captures = new Captures(fields);
    string = new JsonString(clip, strict);
    trail = new Trail(fields, captures, strict);
  }

  /**
   * A scanner for answers: of a name that stands twice the last one counts, whatever case others have; half a surrogate pair
   * reads as U+FFFD, and a guarded string that is too long is cut.
   */
  static JsonScanner lenient(Fields fields) {
    return new JsonScanner(fields, false, DEPTH);
  }

  /** Takes the next bytes; after a problem they are only counted. */
  void accept(byte[] bytes, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    base = position - offset;
    int at = offset;
    int end = offset + length;
    if (position == 0 && length > 0 && bytes[offset] == JsonWord.BYTE_ORDER_MARK.at(0)) {
      beginWord(JsonWord.BYTE_ORDER_MARK);
      at++;
    }
    while (at < end && problem == null) {
      at =
          switch (token) {
            case NONE -> structure(bytes, at, end);
            case NAME, STRING -> string(bytes, at, end);
            case NUMBER -> number(bytes, at, end);
            case WORD -> word(bytes[at], at);
          };
    }
    position += length;
  }

  /** Says that nothing more comes. */
  void finish() {
    base = position;
    if (problem == null && token == Token.NUMBER) {
      number.finish();
      endNumber(position);
    }
    if (problem == null && expected != Expected.NOTHING) {
      problem = position == 0 ? "empty, not JSON" : "not JSON: it ends early, at byte " + position;
    }
  }

  private int structure(byte[] bytes, int from, int end) {
    int at = from;
    while (at < end && token == Token.NONE && problem == null) {
      byte value = bytes[at];
      if (value != ' ' && value != '\n' && value != '\r' && value != '\t') {
        step(value, at);
      }
      at++;
    }
    return at;
  }

  private void step(byte value, int at) {
    switch (expected) {
      case VALUE -> value(value, at);
      case VALUE_OR_END -> {
        if (value == ']') {
          close();
        } else {
          value(value, at);
        }
      }
      case NAME_OR_END -> {
        if (value == '}') {
          close();
        } else {
          name(value, at);
        }
      }
      case NAME -> name(value, at);
      case COLON -> {
        expected = Expected.VALUE;
        require(value == ':', value, at);
      }
      case COMMA_OR_END -> commaOrEnd(value, at);
      case NOTHING -> wrong("more than one JSON document", value, at);
    }
  }

  private void value(byte value, int at) {
    field = trail.beginValue();
    switch (value) {
      case '"' -> beginString();
      case '{' -> open(true, at);
      case '[' -> open(false, at);
      case 't' -> beginWord(JsonWord.TRUE);
      case 'f' -> beginWord(JsonWord.FALSE);
      case 'n' -> beginWord(JsonWord.NULL);
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> beginNumber(value);
      default -> wrong(JsonString.NOT_JSON, value, at);
    }
  }

  private void open(boolean isObject, int at) {
    if (nesting.depth() == mostDepth) {
      problem = "more than " + mostDepth + " levels deep, at byte " + (base + at);
      return;
    }
    if (field != Fields.Name.NO_FIELD) {
      captures.put(field, isObject ? Kind.OBJECT : Kind.ARRAY);
    }
    nesting.open(isObject);
    if (isObject) {
      trail.openObject();
    }
    expected = isObject ? Expected.NAME_OR_END : Expected.VALUE_OR_END;
  }

  private void close() {
    trail.close(nesting.depth());
    nesting.close();
    endValue();
  }

  private void commaOrEnd(byte value, int at) {
    boolean inObject = nesting.isInObject();
    if (value == ',') {
      expected = inObject ? Expected.NAME : Expected.VALUE;
    } else if (value == (inObject ? '}' : ']')) {
      close();
    } else {
      wrong(JsonString.NOT_JSON, value, at);
    }
  }

  private void endValue() {
    token = Token.NONE;
    expected = nesting.depth() == 0 ? Expected.NOTHING : Expected.COMMA_OR_END;
  }

  private void name(byte value, int at) {
    token = Token.NAME;
    string.begin(trail.isOnPath(nesting.depth()) ? fields.decisiveBytes() : 0);
    require(value == '"', value, at);
  }

  private void beginString() {
    token = Token.STRING;
    string.begin(field == Fields.Name.NO_FIELD ? DATA.length : LONGEST_STRING);
  }

  private int string(byte[] bytes, int from, int end) {
    int at = string.accept(bytes, from, end);
    String trouble = string.trouble();
    if (trouble != null) {
      wrong(trouble, bytes[at], at);
    } else if (!string.isClosed()) {
      return end;
    } else if (token == Token.NAME) {
      endName();
    } else {
      endString();
    }
    return at;
  }

  private void endName() {
    token = Token.NONE;
    expected = Expected.COLON;
    if (trail.isOnPath(nesting.depth())) {
      problem = trail.name(clip);
    }
  }

  private void endString() {
    if (field != Fields.Name.NO_FIELD) {
      captureString();
    }
    if (field == Fields.Name.NO_FIELD || nesting.depth() > 1) {
      long length = clip.length();
      textBytes += clip.startsWith(DATA) ? Math.min(length, LONGEST_DATA_TEXT) : length;
    }
    endValue();
  }

  private void captureString() {
    if (strict && !clip.isWhole()) {
      problem =
          "the field \"" + fields.path(field) + "\" is longer than " + LONGEST_STRING + " bytes";
    } else {
      captures.put(field, clip.text());
    }
  }

  private void beginNumber(byte value) {
    token = Token.NUMBER;
    number.begin(value, field == Fields.Name.NO_FIELD ? 0 : LONGEST_NUMBER);
  }

  private int number(byte[] bytes, int from, int end) {
    int at = number.accept(bytes, from, end);
    if (number.isOver()) {
      endNumber(base + at);
    }
    return at;
  }

  private void endNumber(long at) {
    if (!number.isValid()) {
      problem = JsonString.NOT_JSON + " at byte " + at;
    } else if (field != Fields.Name.NO_FIELD) {
      captures.put(field, number.wholeNumber());
    }
    textBytes += clip.length();
    endValue();
  }

  private void beginWord(JsonWord expectedWord) {
    token = Token.WORD;
    word = expectedWord;
    wordSeen = 1;
  }

  private int word(byte value, int at) {
    require(value == word.at(wordSeen), value, at);
    if (++wordSeen == word.length()) {
      endWord();
    }
    return at + 1;
  }

  private void endWord() {
    token = Token.NONE;
    if (word == JsonWord.BYTE_ORDER_MARK) {
      return;
    }
    if (field != Fields.Name.NO_FIELD) {
      captures.put(field, word);
    }
    endValue();
  }

  private void require(boolean fits, byte value, int at) {
    if (!fits) {
      wrong(JsonString.NOT_JSON, value, at);
    }
  }

  /** In UTF-16 and UTF-32 one of the first four bytes is zero, or the first belongs to a byte order mark (RFC 4627 section 3). */
  private void wrong(String what, byte value, int at) {
    long byteNumber = base + at;
    boolean wide =
        value == 0 ? byteNumber < 4 : byteNumber == 0 && (value == (byte) 0xFE || value == -1);
    problem = wide ? "UTF-16 or UTF-32, where UTF-8 is needed" : what + " at byte " + byteNumber;
  }

  /**
   * What is wrong with the document, in English and without anything of its content, or {@code null}; bytes are counted from
   * 0. The values found are worth something only if nothing is wrong when the document is finished.
   */
  @Nullable String problem() {
    return problem;
  }

  Kind kind(int field) {
    return captures.kind(field);
  }

  /**
   * A string field's value, escapes undone.
   *
   * @throws IllegalStateException if the field is no string
   */
  String string(int field) {
    return captures.string(field);
  }

  /** Whether a field is {@code true}. */
  boolean bool(int field) {
    return captures.bool(field);
  }

  /**
   * A number field's value, if it is whole ({@code 1e3} and {@code 100.0} are; −0 is 0), at most {@link #LONGEST_NUMBER} bytes
   * long and fits; otherwise {@link Long#MIN_VALUE}, which stands for "no whole number".
   */
  long integer(int field) {
    return captures.integer(field);
  }

  /**
   * How much there is to read for a model, in bytes: all strings in UTF-8, escapes undone, and all numbers as written. Names,
   * and guarded strings of the top level, are left out; a {@code data:} URL counts at most {@link #LONGEST_DATA_TEXT}.
   */
  long textBytes() {
    return textBytes;
  }

  /** How many bytes came. */
  long position() {
    return position;
  }

  /** What a field's value is. */
  enum Kind {
    ABSENT,
    STRING,
    NUMBER,
    BOOLEAN,
    NULL,
    OBJECT,
    ARRAY
  }

  private enum Expected {
    VALUE,
    VALUE_OR_END,
    NAME,
    NAME_OR_END,
    COLON,
    COMMA_OR_END,
    NOTHING
  }

  private enum Token {
    NONE,
    NAME,
    STRING,
    NUMBER,
    WORD
  }
}
