package io.ostiary.core;

import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The clock of calls whose time is limited: one thread that looks at it, and a few that end calls, since to answer a client
 * that does not read may take a while. They are begun when a call needs them, and end when none has for a while.
 */
final class Deadlines {

  private static final int MOST_HANDS = 16;
  private static final long AGAIN_NANOS = 5_000_000;

  private final LongSupplier nanoTime;
  private @Nullable ScheduledThreadPoolExecutor clock;
  private @Nullable ThreadPoolExecutor hands;

  Deadlines(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** The time of a call whose head is here, or {@code null} if its route lets it take as long as it likes. */
  @Nullable CallTime timeOf(Route route, Call call) {
    if (route.timeout().isZero()) {
      return null;
    }
    long began = nanoTime.getAsLong() - call.nanosSinceFirstByte();
    return new CallTime(this, nanoTime, began + route.timeout().toNanos());
  }

  /** Runs something on a thread of its own, once so much time has passed; a cancelled one is forgotten at once. */
  Future<?> in(long nanos, Runnable task) {
    return clock().schedule(() -> hand(task), Math.max(0, nanos), TimeUnit.NANOSECONDS);
  }

  /** Runs something short on the clock's own thread: it must not block. */
  Future<?> shortly(long nanos, Runnable task) {
    return clock().schedule(task, Math.max(0, nanos), TimeUnit.NANOSECONDS);
  }

  private void hand(Runnable task) {
    try {
      hands().execute(task);
    } catch (RejectedExecutionException allBusy) {
      Future<?> unused = in(AGAIN_NANOS, task);
    }
  }

  private synchronized ScheduledThreadPoolExecutor clock() {
    if (clock == null) {
      clock = new ScheduledThreadPoolExecutor(1, named("ostiary-clock"));
      clock.setRemoveOnCancelPolicy(true);
      clock.setKeepAliveTime(30, TimeUnit.SECONDS);
      clock.allowCoreThreadTimeOut(true);
    }
    return clock;
  }

  private synchronized ThreadPoolExecutor hands() {
    if (hands == null) {
      hands =
          new ThreadPoolExecutor(
              0,
              MOST_HANDS,
              10,
              TimeUnit.SECONDS,
              new SynchronousQueue<>(),
              named("ostiary-deadline"));
    }
    return hands;
  }

  private static ThreadFactory named(String name) {
    return task -> {
      Thread thread = new Thread(null, task, name, 0, false);
      thread.setDaemon(true);
      // It outlives web apps; it must not hold the class loader of the one that happened to start
      // it.
      thread.setContextClassLoader(null);
      return thread;
    };
  }
}
