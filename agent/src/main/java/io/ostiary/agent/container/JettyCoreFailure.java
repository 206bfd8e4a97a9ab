package io.ostiary.agent.container;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.eclipse.jetty.server.HttpChannel;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * The failure of a call's stream or connection. It is listened for before the call may have to wait: Jetty tells nobody who
 * begins to listen once it has happened. Its state is guarded by itself.
 */
final class JettyCoreFailure implements Consumer<Throwable> {

  private @Nullable Throwable happened;
  private @Nullable Consumer<Throwable> listener;

  @Override
  public void accept(Throwable cause) {
    Consumer<Throwable> told;
    synchronized (this) {
      happened = cause;
      told = listener;
    }
    if (told != null) {
      told.accept(cause);
    }
  }

  /** Tells one listener, at once of what has happened already; most commonly on another thread. */
  void tells(Consumer<Throwable> given) {
    Throwable cause;
    synchronized (this) {
      listener = given;
      cause = happened;
    }
    if (cause != null) {
      given.accept(cause);
    }
  }

  /** Has Jetty tell a call's app, on a thread of its own, that its line has failed. */
  static void tell(Request request, Throwable cause) {
    try {
      if (request.getComponents() instanceof HttpChannel channel) {
        Executor pool = request.getConnectionMetaData().getConnector().getExecutor();
        pool.execute(() -> fail(channel, request, cause));
      }
    } catch (IllegalStateException | RejectedExecutionException over) {
      // The call has ended, or the server is about to.
    }
  }

  private static void fail(HttpChannel channel, Request request, Throwable cause) {
    // Jetty uses its channels again for other calls.
    Runnable task =
        channel.getRequest() == Request.unWrap(request) ? channel.onFailure(cause) : null;
    if (task != null) {
      task.run();
    }
  }

  /** Handlers so ask for a connection to be cut; known by its name, since early releases have no such type. */
  static boolean isAbort(Throwable cause) {
    Throwable each = cause;
    for (int i = 0; each != null && i < 8; i++) {
      if (each.getClass().getName().endsWith("$AbortException")) {
        return true;
      }
      each = each.getCause();
    }
    return false;
  }
}
