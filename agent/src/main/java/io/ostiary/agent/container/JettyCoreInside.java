package io.ostiary.agent.container;

import org.jspecify.annotations.Nullable;

/** The thread that is in the app's handler for one call, and may be interrupted for as long as it is. */
final class JettyCoreInside {

  private @Nullable Thread thread;
  private boolean interrupted;

  /** This thread is about to call the handler. */
  synchronized void enter() {
    thread = Thread.currentThread();
  }

  /** The handler has returned: its thread is not interrupted any more, nor does it stay so. */
  synchronized void leave() {
    thread = null;
    if (interrupted) {
      Thread.interrupted();
    }
  }

  synchronized boolean isThere() {
    return thread != null;
  }

  synchronized void interrupt() {
    if (thread != null) {
      interrupted = true;
      thread.interrupt();
    }
  }
}
