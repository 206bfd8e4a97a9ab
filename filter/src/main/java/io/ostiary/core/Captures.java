package io.ostiary.core;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the values of a document come to: those of {@link Fields}, each put to its field's use, and how much text there is in
 * all.
 */
final class Captures {

  private static final byte[] DATA = "data:".getBytes(US_ASCII);
  private static final byte[] DELTA = ".delta".getBytes(US_ASCII);
  private static final int NOWHERE = -1;

  /** Of answers no text is kept, but of errors. */
  private static final @Nullable String[] NO_STRINGS = {};

  private final Fields fields;
  private final JsonKind[] kinds;
  private final @Nullable String[] strings;
  private final long[] numbers;

  /** The field whose value is being read, or {@link Fields.Name#NO_FIELD}. */
  private int field = Fields.Name.NO_FIELD;

  /** Where that value begins. */
  private long place;

  private long textBytes;

  /** The field of which everything is text, how deep its object or array lies, and how much text there was before. */
  private int whole;

  private int wholeDepth = NOWHERE;
  private long wholeFrom;

  Captures(Fields fields) {
    this.fields = fields;
    kinds = new JsonKind[fields.size()];
    Arrays.fill(kinds, JsonKind.ABSENT);
    strings = fields.keepValues() ? new String[kinds.length] : NO_STRINGS;
    numbers = new long[kinds.length];
  }

  /** Forgets all, for the next document. */
  void reset() {
    Arrays.fill(kinds, JsonKind.ABSENT);
    Arrays.fill(numbers, 0);
    textBytes = 0;
    wholeDepth = NOWHERE;
  }

  /** A value begins here, of the field with this number or of none. */
  void begin(int numberOfField, long at) {
    field = numberOfField;
    place = at;
  }

  /** Whether the value is a field's. */
  boolean isField() {
    return field != Fields.Name.NO_FIELD;
  }

  /** The path of the value's field. */
  String path() {
    return fields.path(field);
  }

  /** How many bytes matter if the value is a string. */
  int wantedOfString() {
    return isField() ? Math.max(DATA.length, fields.use(field).stringBytes()) : DATA.length;
  }

  /** The value was a string, and no field's. */
  void addText(Clip value) {
    long length = value.length();
    boolean isCut = length > JsonScanner.LONGEST_DATA_TEXT && value.startsWith(DATA);
    textBytes += isCut ? JsonScanner.LONGEST_DATA_TEXT : length;
  }

  /** The value was a string, a field's, in so many objects and arrays. */
  void string(Clip value, int depth) {
    stringOfField(value);
    if (depth > 1) {
      addText(value);
    }
  }

  private void stringOfField(Clip value) {
    switch (fields.use(field)) {
      case KEPT -> {
        kinds[field] = JsonKind.STRING;
        strings[field] = value.text();
        numbers[field] = place;
      }
      case TEXT -> {
        kinds[field] = JsonKind.STRING;
        numbers[field] += value.length();
      }
      case TYPE_OF_EVENT -> {
        kinds[field] = JsonKind.BOOLEAN;
        numbers[field] = value.endsWith(DELTA) ? 1 : 0;
      }
      case SIGN -> kinds[field] = JsonKind.STRING;
      case COUNT -> {}
    }
  }

  /** The value was a number of so many bytes. */
  void number(JsonNumber value, long length) {
    if (isField()) {
      numberOfField(value.wholeNumber());
    }
    textBytes += length;
  }

  private void numberOfField(long value) {
    switch (fields.use(field)) {
      case KEPT -> {
        kinds[field] = JsonKind.NUMBER;
        numbers[field] = value;
      }
      case COUNT -> {
        if (value != JsonNumber.NO_WHOLE_NUMBER) {
          numbers[field] =
              kinds[field] == JsonKind.NUMBER ? Math.max(numbers[field], value) : value;
          kinds[field] = JsonKind.NUMBER;
        }
      }
      case SIGN -> kinds[field] = JsonKind.NUMBER;
      case TEXT, TYPE_OF_EVENT -> {}
    }
  }

  /** The value was a literal. */
  void word(JsonWord word) {
    if (!isField()) {
      return;
    }
    JsonKind kind = word == JsonWord.NULL ? JsonKind.NULL : JsonKind.BOOLEAN;
    switch (fields.use(field)) {
      case KEPT -> {
        kinds[field] = kind;
        numbers[field] = word == JsonWord.TRUE ? 1 : 0;
      }
      case SIGN -> kinds[field] = kind;
      case TEXT -> noteNoText(kind == JsonKind.NULL, kind);
      case COUNT, TYPE_OF_EVENT -> {}
    }
  }

  /**
   * The value is an object, or else an array: from now on the innermost of so many.
   *
   * @param everything whether all below it belongs to its field
   */
  void open(boolean isObject, boolean everything, int depth) {
    if (!isField()) {
      return;
    }
    JsonKind kind = isObject ? JsonKind.OBJECT : JsonKind.ARRAY;
    switch (fields.use(field)) {
      case KEPT, SIGN -> kinds[field] = kind;
      case TEXT -> noteNoText(everything || !isObject, kind);
      case COUNT, TYPE_OF_EVENT -> {}
    }
    if (everything) {
      whole = field;
      wholeDepth = depth;
      wholeFrom = textBytes;
    }
  }

  /** {@code null} and arrays stand where a text has no words, or is given in parts; an object there is something else. */
  private void noteNoText(boolean standsForText, JsonKind kind) {
    if (standsForText && kinds[field] == JsonKind.ABSENT) {
      kinds[field] = kind;
    }
  }

  /** The innermost object or array of so many is closed. */
  void close(int depth) {
    if (depth == wholeDepth) {
      finish();
    }
  }

  /** Nothing more comes. */
  void finish() {
    if (wholeDepth != NOWHERE) {
      numbers[whole] += textBytes - wholeFrom;
      wholeDepth = NOWHERE;
    }
  }

  /** How much text there is, as {@link JsonScanner#textBytes} says. */
  long textBytes() {
    return textBytes;
  }

  JsonKind kind(int field) {
    return kinds[field];
  }

  String string(int field) {
    String value = strings[field];
    if (value == null || kinds[field] != JsonKind.STRING) {
      throw new IllegalStateException("the field is no string: " + kinds[field]);
    }
    return value;
  }

  /** Where the value of a field begins that is a string and kept. */
  long place(int field) {
    return numbers[field];
  }

  boolean bool(int field) {
    return kinds[field] == JsonKind.BOOLEAN && numbers[field] != 0;
  }

  long integer(int field) {
    return kinds[field] == JsonKind.NUMBER ? numbers[field] : JsonNumber.NO_WHOLE_NUMBER;
  }

  /** How many bytes of text a field has in sum. */
  long text(int field) {
    return fields.use(field) == Fields.Use.TEXT ? numbers[field] : 0;
  }
}
