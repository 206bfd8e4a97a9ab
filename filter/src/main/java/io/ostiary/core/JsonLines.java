package io.ostiary.core;

/** An answer of JSON documents, one a line; the carriage return of a line's end is white space to JSON. */
final class JsonLines implements Framing {

  private final Documents documents;
  private boolean begun;

  JsonLines(Documents documents) {
    this.documents = documents;
  }

  @Override
  public int accept(byte[] bytes, int offset, int length) {
    int at = offset;
    int end = offset + length;
    while (at < end) {
      int to = at;
      while (to < end && bytes[to] != '\n') {
        to++;
      }
      if (to > at) {
        documents.piece(bytes, at, to - at);
        begun = true;
      }
      if (to < end) {
        finish();
      }
      at = to + 1;
    }
    return length;
  }

  @Override
  public void finish() {
    if (begun) {
      documents.end();
      begun = false;
    }
  }
}
