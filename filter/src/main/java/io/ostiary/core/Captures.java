package io.ostiary.core;

import io.ostiary.core.JsonScanner.Kind;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The values found for {@link Fields}. */
final class Captures {

  private final Kind[] kinds;
  private final @Nullable String[] strings;
  private final long[] numbers;

  Captures(Fields fields) {
    kinds = new Kind[fields.size()];
    Arrays.fill(kinds, Kind.ABSENT);
    strings = new String[kinds.length];
    numbers = new long[kinds.length];
  }

  void put(int field, Kind kind) {
    kinds[field] = kind;
  }

  void put(int field, String value) {
    kinds[field] = Kind.STRING;
    strings[field] = value;
  }

  void put(int field, long value) {
    kinds[field] = Kind.NUMBER;
    numbers[field] = value;
  }

  void put(int field, JsonWord word) {
    kinds[field] = word == JsonWord.NULL ? Kind.NULL : Kind.BOOLEAN;
    numbers[field] = word == JsonWord.TRUE ? 1 : 0;
  }

  /** Forgets what was found under a name. */
  void forget(Fields.Name name) {
    if (name.field() != Fields.Name.NO_FIELD) {
      kinds[name.field()] = Kind.ABSENT;
    }
    for (Fields.Name member : name.members()) {
      forget(member);
    }
  }

  Kind kind(int field) {
    return kinds[field];
  }

  String string(int field) {
    String value = strings[field];
    if (value == null || kinds[field] != Kind.STRING) {
      throw new IllegalStateException("the field is no string: " + kinds[field]);
    }
    return value;
  }

  boolean bool(int field) {
    return kinds[field] == Kind.BOOLEAN && numbers[field] != 0;
  }

  long integer(int field) {
    return kinds[field] == Kind.NUMBER ? numbers[field] : JsonNumber.NO_WHOLE_NUMBER;
  }
}
