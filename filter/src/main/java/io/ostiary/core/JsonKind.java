package io.ostiary.core;

/** What a JSON field's value is. */
enum JsonKind {
  ABSENT,
  STRING,
  NUMBER,
  BOOLEAN,
  NULL,
  OBJECT,
  ARRAY
}
