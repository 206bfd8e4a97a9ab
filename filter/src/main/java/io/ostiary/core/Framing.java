package io.ostiary.core;

/** How an answer's bytes are made up of documents; what it reads it hands on at once, and keeps nothing. */
interface Framing {

  /** Of an answer that is not read at all. */
  Framing UNREAD =
      new Framing() {
        @Override
        public int accept(byte[] bytes, int offset, int length) {
          return length;
        }

        @Override
        public void finish() {}
      };

  /** Reads bytes; answers how many of them, from the first, may leave for the client. */
  int accept(byte[] bytes, int offset, int length);

  /** Nothing more comes. */
  void finish();

  /** The whole answer is one document. */
  record Whole(Documents documents) implements Framing {

    @Override
    public int accept(byte[] bytes, int offset, int length) {
      documents.piece(bytes, offset, length);
      return length;
    }

    @Override
    public void finish() {
      documents.end();
    }
  }
}
