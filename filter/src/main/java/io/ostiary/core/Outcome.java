package io.ostiary.core;

/** How a call that was admitted ended. */
public enum Outcome {
  /** The app answered, well or badly. */
  COMPLETED,
  /** The app threw. */
  FAILED,
  /** An asynchronous answer did not come in time. */
  TIMED_OUT,
  /** The client went away, or its connection broke. */
  ABORTED
}
