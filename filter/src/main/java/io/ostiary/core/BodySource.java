package io.ostiary.core;

import java.io.IOException;
import java.io.InputStream;

/** Where the guard gets a request's body, if it needs it: opened at most once, so that a body nobody needs stays untouched. */
@FunctionalInterface
public interface BodySource {

  /** The container's own stream of the body. */
  InputStream open() throws IOException;

  /** Ends a read that waits, from another thread, where {@link ClientLine#stopReading} can. */
  default void stop() {}

  /** The read that was stopped is over, on this thread, and its call is answered by the guard. */
  default void isStopped() {}
}
