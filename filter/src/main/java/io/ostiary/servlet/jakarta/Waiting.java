package io.ostiary.servlet.jakarta;

import io.ostiary.core.Decision;
import io.ostiary.core.Guard;
import io.ostiary.core.Queued;

/**
 * Waits with a call for a worker, on the container's thread: an asynchronous wait would change how the app sees its request.
 *
 * <p>Known weakness: no servlet container tells of a client that goes while nobody reads or writes, so that its call keeps its
 * place until its turn comes.
 */
final class Waiting {

  private static final long FOR_GOOD = Long.MAX_VALUE / 4;

  private Waiting() {}

  /** How the call goes on. */
  static Decision until(Guard guard, Queued call) {
    try {
      while (call.await(FOR_GOOD)) {
        // Its end comes before that.
      }
    } catch (Throwable cause) {
      guard.abandon(call);
      throw cause;
    }
    return guard.resume(call);
  }
}
