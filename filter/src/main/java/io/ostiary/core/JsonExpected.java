package io.ostiary.core;

/** What may come next in a JSON document, white space aside. */
enum JsonExpected {
  VALUE,
  VALUE_OR_END,
  NAME,
  NAME_OR_END,
  COLON,
  COMMA_OR_END,
  NOTHING
}
