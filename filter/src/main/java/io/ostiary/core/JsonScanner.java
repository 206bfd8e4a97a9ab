package io.ostiary.core;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An incremental scanner of one JSON document (RFC 8259) in UTF-8: it takes the bytes in pieces of any size, checks all of
 * them, and keeps the values of a few {@link Fields} and nothing else. Memory is bounded by the depth and by what is kept.
 *
 * <p>What two parsers could read in two ways is a problem, since the guard must not judge another model than the app is given:
 * a second document, UTF-16, a surrogate without its other half and, if strict, a guarded name (or one on the way to it) that
 * stands twice or in another case. One thread uses it, for one document after another.
 */
final class JsonScanner implements BodySink {

  /** How deep objects and arrays may be nested if nothing else is said. */
  static final int DEPTH = 512;

  /** How many UTF-8 bytes of a guarded string are kept. */
  static final int LONGEST_STRING = 512;

  /** How long a guarded number may be, in bytes, to be still read as a whole number. */
  static final int LONGEST_NUMBER = 64;

  /** What a string that is a {@code data:} URL counts at most as text, in bytes: pictures are priced otherwise. */
  static final int LONGEST_DATA_TEXT = 1024;

  private final Fields fields;
  private final boolean strict;
  private final int mostDepth;
  private final Captures captures;
  private final Clip clip = new Clip();
  private final JsonString string;
  private final JsonNumber number = new JsonNumber(clip);
  private final Nesting nesting = new Nesting();
  private final Trail trail;

  private JsonExpected expected = JsonExpected.VALUE;
  private JsonToken token = JsonToken.NONE;
  private JsonWord word = JsonWord.BYTE_ORDER_MARK;
  private int wordSeen;
  private boolean nameMatters;
  private long position;
  private long base;
  private boolean cut;
  private @Nullable JsonFlaw flaw;

  /** A strict scanner, for what is judged. */
  JsonScanner(Fields fields) {
    this(fields, true, DEPTH);
  }

  /**
   * A scanner of documents at most so deep, 1 or more.
   *
   * @throws IllegalArgumentException if it is strict and the fields are those of answers
   */
  JsonScanner(Fields fields, boolean strict, int mostDepth) {
    if (strict && fields.areOfAnswers()) {
      throw new IllegalArgumentException("the fields of answers are not for a strict scanner");
    }
    this.fields = fields;
    this.strict = strict;
    this.mostDepth = mostDepth;
    captures = new Captures(fields);
    string = new JsonString(clip, strict);
    trail = new Trail(fields, nesting, strict);
  }

  /**
   * A scanner for answers: of a value that is kept and stands twice the last one counts, whatever case other names have; half
   * a surrogate pair reads as U+FFFD, and a string that is too long to be kept is cut.
   */
  static JsonScanner lenient(Fields fields) {
    return new JsonScanner(fields, false, DEPTH);
  }

  /** Takes the next bytes; after a problem they are only counted. */
  @Override
  public void accept(byte[] bytes, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    base = position - offset;
    int at = offset;
    int end = offset + length;
    if (position == 0 && length > 0 && bytes[offset] == JsonWord.BYTE_ORDER_MARK.at(0)) {
      beginWord(JsonWord.BYTE_ORDER_MARK);
      at++;
    }
    while (at < end && flaw == null) {
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

  @Override
  public void finish() {
    base = position;
    if (flaw == null && token == JsonToken.NUMBER) {
      number.finish();
      endNumber(position);
    }
    if (flaw == null && expected != JsonExpected.NOTHING) {
      if (token == JsonToken.STRING && !strict) {
        // What came of a string that an answer shows has left all the same.
        endString();
      }
      captures.finish();
      cut = true;
      flaw = JsonFlaw.ofEnd(position);
    }
  }

  /** Makes ready for another document. */
  void reset() {
    trail.reset();
    captures.reset();
    nesting.reset();
    string.reset();
    expected = JsonExpected.VALUE;
    token = JsonToken.NONE;
    position = 0;
    cut = false;
    flaw = null;
  }

  private int structure(byte[] bytes, int from, int end) {
    int at = from;
    while (at < end && token == JsonToken.NONE && flaw == null) {
      byte value = bytes[at];
      if (value != ' ' && value != '\n' && value != '\r' && value != '\t') {
        step(value, at);
      }
      at++;
      // Most tokens are whole strings: this spares them the way through accept.
      if (token.isText() && at < end && flaw == null) {
        at = string(bytes, at, end);
      }
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
        expected = JsonExpected.VALUE;
        require(value == ':', value, at);
      }
      case COMMA_OR_END -> commaOrEnd(value, at);
      case NOTHING -> wrong("more than one JSON document", value, at);
    }
  }

  private void value(byte value, int at) {
    captures.begin(trail.beginValue(), base + at);
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
      flaw = new JsonFlaw("more than " + mostDepth + " levels deep,", base + at);
      return;
    }
    nesting.open(isObject);
    if (captures.isField()) {
      captures.open(isObject, trail.isEverything(), nesting.depth());
    }
    trail.open(isObject);
    expected = isObject ? JsonExpected.NAME_OR_END : JsonExpected.VALUE_OR_END;
  }

  private void close() {
    trail.close();
    captures.close(nesting.depth());
    nesting.close();
    endValue();
  }

  private void commaOrEnd(byte value, int at) {
    boolean inObject = nesting.isInObject();
    if (value == ',') {
      expected = inObject ? JsonExpected.NAME : JsonExpected.VALUE;
    } else if (value == (inObject ? '}' : ']')) {
      close();
    } else {
      wrong(JsonString.NOT_JSON, value, at);
    }
  }

  private void endValue() {
    token = JsonToken.NONE;
    expected = nesting.depth() == 0 ? JsonExpected.NOTHING : JsonExpected.COMMA_OR_END;
  }

  private void name(byte value, int at) {
    token = JsonToken.NAME;
    nameMatters = trail.isOnPath();
    string.begin(nameMatters ? fields.decisiveBytes() : 0);
    require(value == '"', value, at);
  }

  private void beginString() {
    token = JsonToken.STRING;
    string.begin(captures.wantedOfString());
  }

  private int string(byte[] bytes, int from, int end) {
    int at = string.accept(bytes, from, end);
    String trouble = string.trouble();
    if (trouble != null) {
      wrong(trouble, bytes[at], at);
    } else if (!string.isClosed()) {
      return end;
    } else if (token == JsonToken.NAME) {
      endName();
    } else {
      endString();
    }
    return at;
  }

  private void endName() {
    token = JsonToken.NONE;
    expected = JsonExpected.COLON;
    if (nameMatters) {
      String trouble = trail.name(clip);
      flaw = trouble == null ? null : JsonFlaw.of(trouble);
    }
  }

  private void endString() {
    if (!captures.isField()) {
      captures.addText(clip);
    } else if (strict && !clip.isWhole()) {
      flaw =
          JsonFlaw.of(
              "the field \"" + captures.path() + "\" is longer than " + LONGEST_STRING + " bytes");
    } else {
      captures.string(clip, nesting.depth());
    }
    endValue();
  }

  private void beginNumber(byte value) {
    token = JsonToken.NUMBER;
    number.begin(value, captures.isField() ? LONGEST_NUMBER : 0);
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
      flaw = new JsonFlaw(JsonString.NOT_JSON, at);
    } else {
      captures.number(number, clip.length());
    }
    endValue();
  }

  private void beginWord(JsonWord expectedWord) {
    token = JsonToken.WORD;
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
    token = JsonToken.NONE;
    if (word == JsonWord.BYTE_ORDER_MARK) {
      return;
    }
    captures.word(word);
    endValue();
  }

  private void require(boolean fits, byte value, int at) {
    if (!fits) {
      wrong(JsonString.NOT_JSON, value, at);
    }
  }

  private void wrong(String what, byte value, int at) {
    flaw = JsonFlaw.ofByte(what, value, base + at);
  }

  /**
   * What is wrong with the document, in English and without anything of its content, or {@code null}; bytes are counted from
   * 0. The values found are worth something only if nothing is wrong when the document is finished.
   */
  @Nullable String problem() {
    return flaw == null ? null : flaw.text();
  }

  /** Whether the document is wrong, and not only cut off; of one that is cut off, what it had shown until then is there. */
  boolean isBroken() {
    return flaw != null && !cut;
  }

  /** Whether the document began with an object. */
  boolean beganWithObject() {
    return nesting.isOutermostObject();
  }

  JsonKind kind(int field) {
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

  /** Where a string field's value begins, at its quotation mark: so many bytes after the first. */
  long place(int field) {
    return captures.place(field);
  }

  /** Whether a field is {@code true}. */
  boolean bool(int field) {
    return captures.bool(field);
  }

  /** A number field's value if it is whole ({@code 1e3} is; −0 is 0) and fits; else {@link Long#MIN_VALUE}, "no whole number". */
  long integer(int field) {
    return captures.integer(field);
  }

  /** How many bytes of text a field has in sum, in UTF-8, escapes undone; 0 unless it is read for its text. */
  long text(int field) {
    return captures.text(field);
  }

  /**
   * How much there is to read for a model, in bytes: all strings in UTF-8, escapes undone, and all numbers as written. Names,
   * and guarded strings of the top level, are left out; a {@code data:} URL counts at most {@link #LONGEST_DATA_TEXT}.
   */
  long textBytes() {
    return captures.textBytes();
  }

  /** How many bytes came. */
  long position() {
    return position;
  }
}
