package io.ostiary.core;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a call's client while nobody writes to it, and has the app stop when it has gone: a thread of the server that is in it
 * is interrupted, if the operator wants that; one whose threads are all its own is told by its listener.
 */
public final class Lookout {

  /** One that sees nothing and knows nobody, for any number of calls. */
  public static final Lookout NONE = new Lookout(null, null, false, null, () -> {});

  private final @Nullable ClientWatch clients;
  private final @Nullable ClientLine line;
  private final Runnable lost;
  private final @Nullable AppThread inside;
  private final ClientWatch.@Nullable Watched watched;

  /** Nobody reads from the client any more, so that looking for it takes nothing away. */
  private volatile boolean bodyRead;

  /** No thread of the server is in the app, nor about to be. */
  private volatile boolean parted;

  /** The client went while one was. */
  private volatile boolean lostInside;

  private Lookout(
      @Nullable ClientWatch clients,
      @Nullable ClientLine line,
      boolean bodyRead,
      @Nullable AppThread inside,
      Runnable lost) {
    this.inside = inside;
    this.clients = clients;
    this.line = line;
    this.bodyRead = bodyRead;
    this.lost = lost;
    this.watched =
        clients == null || line == null ? null : clients.watch(line, this::clientHasGone);
  }

  /**
   * A lookout for the client of one call.
   *
   * @param line to it, which is {@link ClientLine#isWatchable}
   * @param bodyRead whether nobody is going to read from the client any more
   * @param lost run when it has gone, on the guard's clock, so that it must not block
   */
  public static Lookout of(ClientWatch clients, ClientLine line, boolean bodyRead, Runnable lost) {
    return new Lookout(clients, line, bodyRead || !line.looksAhead(), new AppThread(), lost);
  }

  /** One that sees nothing, and only knows who is in the app. */
  public static Lookout blind() {
    return new Lookout(null, null, false, new AppThread(), () -> {});
  }

  /** The thread of the server that is in the app, if any. */
  public AppThread inside() {
    return Objects.requireNonNull(inside);
  }

  /** The app is about to be called, on this thread. */
  public void appIsCalled() {
    if (inside == null) {
      return;
    }
    pause();
    parted = false;
    inside.enter();
    watchInside();
  }

  /** The app has returned, or thrown. Nobody is looking from here on. */
  public void appHasReturned() {
    if (inside != null) {
      inside.leave();
      pause();
    }
  }

  /** The app has read all that the client sent. */
  public void bodyIsRead() {
    if (inside == null) {
      return;
    }
    bodyRead = true;
    if (parted) {
      watch();
    } else {
      watchInside();
    }
  }

  /** The app reads again, and nobody else may meanwhile; a look that has begun is waited for. */
  public void bodyIsReadOn() {
    if (inside != null) {
      bodyRead = false;
      pause();
    }
  }

  /** While a thread of the server is in the app there is nothing to be done but to interrupt it. */
  private void watchInside() {
    if (clients != null && clients.interruptsApps() && inside().isThere()) {
      watch();
    }
  }

  /**
   * The call waits for a thread of the app's own, after {@link #appHasReturned}.
   *
   * @param gone whether the client has gone by now
   */
  public void callHasParted(boolean gone) {
    if (inside == null) {
      return;
    }
    parted = true;
    if (!gone) {
      watch();
    } else if (lostInside) {
      tellApp();
    }
  }

  /** The app goes asynchronous once more. */
  public void callBeginsAnew() {
    if (inside != null) {
      pause();
      parted = false;
    }
  }

  /** The call is over, or its app has been told: nobody looks any more. */
  public void end() {
    if (watched != null) {
      watched.end();
    }
  }

  private void tellApp() {
    if (line != null) {
      line.tellApp();
    }
  }

  private void watch() {
    if (watched != null && bodyRead) {
      watched.begin();
    }
  }

  private void pause() {
    if (watched != null) {
      watched.pause();
    }
  }

  /** On the thread of the clock; whoever makes a pause waits for this. */
  private void clientHasGone() {
    lost.run();
    if (parted) {
      tellApp();
    } else {
      lostInside = true;
      if (clients != null && clients.interruptsApps()) {
        inside().interrupt();
      }
    }
  }
}
