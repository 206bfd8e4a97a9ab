package io.ostiary.core;

/** What of a JSON document is being read. */
enum JsonToken {
  NONE,
  NAME,
  STRING,
  NUMBER,
  WORD;

  /** Whether it stands between quotes. */
  boolean isText() {
    return this == NAME || this == STRING;
  }
}
