package io.ostiary.core;

import org.jspecify.annotations.Nullable;

/**
 * How a shell waits with a call for a worker, on the thread on which the call was judged: an asynchronous wait would change how
 * the app sees its request.
 *
 * <p>Where the connector can tell, it looks for the client every now and then. Elsewhere nobody tells of a client that goes while
 * nobody reads or writes, so that its call keeps its place until its turn comes.
 */
public final class Waiting {

  private static final long UNSEEN_NANOS = Long.MAX_VALUE / 4;

  private Waiting() {}

  /**
   * How the call goes on; {@code null} if there is nobody left to go on for.
   *
   * @param client its client, or {@code null} where nobody can tell of that
   */
  public static @Nullable Decision until(Guard guard, Queued call, @Nullable ClientLine client) {
    try {
      while (call.await(client == null ? UNSEEN_NANOS : call.pauseBetweenLooks())) {
        if (client != null && client.isGone()) {
          guard.abandon(call);
          return null;
        }
      }
    } catch (Throwable cause) {
      guard.abandon(call);
      throw cause;
    }
    return guard.resume(call);
  }
}
