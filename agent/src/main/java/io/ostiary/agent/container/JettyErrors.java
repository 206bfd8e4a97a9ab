package io.ostiary.agent.container;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** How one Jetty 9.4 to 11 is told that a call has failed, on a thread of its own. Reflective as {@link JettyClients} is. */
final class JettyErrors {

  /** States of a call in which a thread of the server is in it, until 9.4.20 and since. Jetty takes no error then. */
  private static final Set<String> HELD = Set.of("DISPATCHED", "HANDLING");

  private static final long FIRST_PAUSE_MILLIS = 5;
  private static final long MOST_PAUSE_MILLIS = 1_000;

  private final Method state;
  private final Method phase;
  private final Method cycle;
  private final Method asyncError;
  private final Method complete;
  private final Method committed;
  private final Method server;
  private final Method pool;
  private final Method scheduler;
  private final Method schedule;
  private final Constructor<?> gone;

  /** For the calls of such channels. */
  JettyErrors(Class<?> channel) throws ReflectiveOperationException {
    ClassLoader theirs = channel.getClassLoader();
    state = channel.getMethod("getState");
    phase = state.getReturnType().getMethod("getState");
    cycle = state.getReturnType().getMethod("getAsyncContextEvent");
    asyncError = state.getReturnType().getMethod("asyncError", Throwable.class);
    complete = state.getReturnType().getMethod("complete");
    committed = channel.getMethod("isCommitted");
    server = channel.getMethod("getServer");
    pool = server.getReturnType().getMethod("getThreadPool");
    scheduler = channel.getMethod("getScheduler");
    schedule =
        scheduler.getReturnType().getMethod("schedule", Runnable.class, long.class, TimeUnit.class);
    gone =
        Class.forName("org.eclipse.jetty.io.EofException", false, theirs)
            .getConstructor(String.class);
  }

  /**
   * Tells an asynchronous app that its client has gone; it has no effect on others. The thread of the server that was in the app may
   * still be on its way out, through filters that stand before the guard: it is told once that has left.
   *
   * <p>Of an answer that has begun Jetty would tell nobody: it gives up its connection, and leaves the call without a time-out where
   * it is. So that call is completed, of which its listeners hear; its line is cut before, that it does not look whole.
   */
  void tell(Object channel) {
    run(
        channel,
        () -> {
          Object now = state.invoke(channel);
          Object begun = cycle.invoke(now);
          if (begun != null) {
            tell(channel, now, begun, FIRST_PAUSE_MILLIS);
          }
        });
  }

  /** Jetty takes a channel for other calls later, of which none has begun asynchronously as this one has. */
  private void tell(Object channel, Object now, Object begun, long pause)
      throws ReflectiveOperationException {
    if (cycle.invoke(now) != begun) {
      return;
    }
    if (!HELD.contains(((Enum<?>) phase.invoke(now)).name())) {
      if ((boolean) committed.invoke(channel)) {
        complete.invoke(now);
      } else {
        asyncError.invoke(now, failure("The client has gone."));
      }
      return;
    }
    Step again = () -> tell(channel, now, begun, Math.min(2 * pause, MOST_PAUSE_MILLIS));
    schedule.invoke(
        scheduler.invoke(channel),
        (Runnable) () -> run(channel, again),
        pause,
        TimeUnit.MILLISECONDS);
  }

  /** Of the kind that Jetty does not log. */
  IOException failure(String message) throws ReflectiveOperationException {
    return (IOException) gone.newInstance(message);
  }

  /** Has the server's pool do this. */
  void run(Object channel, Step step) {
    try {
      Object threads = pool.invoke(server.invoke(channel));
      ((Executor) threads).execute(() -> tryTo(step));
    } catch (ReflectiveOperationException | RejectedExecutionException stopped) {
      // There is nobody left to be told.
    }
  }

  private static void tryTo(Step step) {
    try {
      step.run();
    } catch (ReflectiveOperationException over) {
      // The call has ended meanwhile.
    }
  }

  /** Something that is done by reflection. */
  interface Step {
    void run() throws ReflectiveOperationException;
  }
}
