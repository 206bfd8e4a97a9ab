package io.ostiary.core;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** Bytes that have to stand as they are in a JSON document: its three literals, and the byte order mark before it. */
enum JsonWord {
  TRUE("true".getBytes(US_ASCII)),
  FALSE("false".getBytes(US_ASCII)),
  NULL("null".getBytes(US_ASCII)),
  BYTE_ORDER_MARK(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF});

  private final byte[] bytes;

  JsonWord(byte[] bytes) {
    this.bytes = bytes;
  }

  int length() {
    return bytes.length;
  }

  byte at(int index) {
    return bytes[index];
  }
}
