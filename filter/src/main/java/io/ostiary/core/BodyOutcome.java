package io.ostiary.core;

/** What reading a body came to. */
sealed interface BodyOutcome {

  /** The body came whole, to its end. */
  record Complete(Body body) implements BodyOutcome {}

  /**
   * It is larger than allowed.
   *
   * @param begun what was read of it: nothing if its declared length told, else one byte more than allowed
   */
  record TooLarge(Body begun) implements BodyOutcome {}

  /**
   * There is no memory for more of it.
   *
   * @param begun what was read of it
   */
  record NoRoom(Body begun) implements BodyOutcome {}

  /** It ended before its declared length. */
  record Truncated(long bytesSeen) implements BodyOutcome {}
}
