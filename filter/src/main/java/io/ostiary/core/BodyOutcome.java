package io.ostiary.core;

/** What reading a body came to. */
sealed interface BodyOutcome {

  /** The body came whole, to its end. */
  record Complete(Body body) implements BodyOutcome {}

  /** It is larger than allowed; nothing of it was kept. */
  record TooLarge() implements BodyOutcome {}

  /** It ended before its declared length. */
  record Truncated(long bytesSeen) implements BodyOutcome {}
}
