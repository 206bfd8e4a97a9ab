package io.ostiary.core;

/** Takes the documents that an answer is made of, each in pieces as its bytes pass. */
interface Documents {

  /** The next bytes of a document; the first of them begin it. */
  void piece(byte[] bytes, int offset, int length);

  /** The document is at its end. */
  void end();
}
