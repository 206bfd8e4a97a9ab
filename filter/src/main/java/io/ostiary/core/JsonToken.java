package io.ostiary.core;

/** What of a JSON document is being read. */
enum JsonToken {
  NONE,
  NAME,
  STRING,
  NUMBER,
  WORD
}
