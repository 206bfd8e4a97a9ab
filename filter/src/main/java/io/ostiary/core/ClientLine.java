package io.ostiary.core;

/**
 * The line to the client of one call, as far as a server shows it to the agent. A filter has none. Over HTTP/1.1 it is the
 * connection, over HTTP/2 the one stream of the call.
 */
public interface ClientLine {

  /**
   * Whether the client has gone. Asked by one thread at a time, never one of the server's that is about to read; if it {@link
   * #looksAhead}, only of a call whose body has been read, or while nobody reads it; the app may be writing.
   */
  boolean isGone();

  /** Whether {@link #isGone} reads from the connection, so that nobody else may just then. */
  default boolean looksAhead() {
    return true;
  }

  /** Whether {@link #isGone} can tell of it, and be asked, while the app may be writing. */
  default boolean isWatchable() {
    return true;
  }

  /**
   * The client has gone, and an asynchronous call's app, none of whose threads is the server's, is to be told: its {@code
   * AsyncListener.onError}, as after a write that failed. Never blocks, runs nothing of the app's on this thread, and throws nothing;
   * does nothing where the server gives no way to it.
   */
  default void tellApp() {}

  /**
   * Ends the call's body where it is: a read that waits for more, on whatever thread, fails soon. An answer can still leave. Never
   * blocks, and throws nothing; does nothing where the server gives no way to it, or where a thread that is interrupted does not go
   * on with its read.
   */
  default void stopReading() {}

  /**
   * The whole answer has left before its body has come: a read that waits for the rest, on whatever thread, fails soon. As {@link
   * #stopReading}, but that nothing more has to leave.
   */
  default void hasAnswer() {
    stopReading();
  }

  /**
   * A read has failed since {@link #stopReading}, and a server that answers such a read itself is not to: the answer is the guard's. By
   * the call's own thread.
   */
  default void takeAnswerBack() {}

  /**
   * Breaks the line off: a write that waits for a client that does not read, on whatever thread, fails soon, and nothing more leaves.
   * Never blocks, runs nothing of the app's on this thread, and throws nothing; does nothing where the server gives no way to it.
   */
  default void cut() {}
}
