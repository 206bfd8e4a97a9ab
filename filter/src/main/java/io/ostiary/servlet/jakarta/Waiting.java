package io.ostiary.servlet.jakarta;

import io.ostiary.core.Decision;
import io.ostiary.core.Guard;
import io.ostiary.core.Queued;
import org.jspecify.annotations.Nullable;

/**
 * Waits with a call for a worker, on the container's thread: an asynchronous wait would change how the app sees its request.
 *
 * <p>Where the connector can tell, it looks for the client every now and then. Elsewhere nobody tells of a client that goes while
 * nobody reads or writes, so that its call keeps its place until its turn comes.
 */
final class Waiting {

  private static final long UNSEEN_NANOS = Long.MAX_VALUE / 4;

  private Waiting() {}

  /** How the call goes on; {@code null} if there is nobody left to go on for. */
  static @Nullable Decision until(Guard guard, Queued call, Client client) {
    try {
      while (call.await(client.isSeen() ? call.pauseBetweenLooks() : UNSEEN_NANOS)) {
        if (client.isGone()) {
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
