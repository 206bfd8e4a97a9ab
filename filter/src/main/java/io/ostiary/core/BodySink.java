package io.ostiary.core;

/** What looks at a body's bytes as they come, in pieces of any size. */
interface BodySink {

  /** Takes the next bytes. */
  void accept(byte[] bytes, int offset, int length);

  /** Says that nothing more comes. */
  void finish();
}
