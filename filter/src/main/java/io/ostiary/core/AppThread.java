package io.ostiary.core;

import org.jspecify.annotations.Nullable;

/** The thread of the server that is in the app for one call, and may be interrupted for as long as it is. */
public final class AppThread {

  private @Nullable Thread thread;
  private boolean interrupted;

  /** This thread is about to call the app. */
  public synchronized void enter() {
    thread = Thread.currentThread();
    interrupted = false;
  }

  /** The app has returned: its thread is not interrupted any more, nor does it stay so. */
  public synchronized void leave() {
    thread = null;
    if (interrupted) {
      Thread.interrupted();
    }
  }

  /** Whether a thread is in the app. */
  public synchronized boolean isThere() {
    return thread != null;
  }

  /** Interrupts the thread that is in the app, if there is one. */
  public synchronized void interrupt() {
    if (thread != null) {
      interrupted = true;
      thread.interrupt();
    }
  }
}
