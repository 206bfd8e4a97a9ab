package io.ostiary.agent.container;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** How one Jetty 9.4 to 11 is told that a call has failed, on a thread of its own. Reflective as {@link JettyClients} is. */
final class JettyErrors {

  private final Method state;
  private final Method asyncError;
  private final Method server;
  private final Method pool;
  private final Constructor<?> gone;

  /** For the calls of such channels. */
  JettyErrors(Class<?> channel) throws ReflectiveOperationException {
    ClassLoader theirs = channel.getClassLoader();
    state = channel.getMethod("getState");
    asyncError = state.getReturnType().getMethod("asyncError", Throwable.class);
    server = channel.getMethod("getServer");
    pool = server.getReturnType().getMethod("getThreadPool");
    gone =
        Class.forName("org.eclipse.jetty.io.EofException", false, theirs)
            .getConstructor(String.class);
  }

  /** Tells an asynchronous app, none of whose threads is the server's, that its client has gone; it has no effect on others. */
  void tell(Object channel) {
    run(channel, () -> asyncError.invoke(state.invoke(channel), failure("The client has gone.")));
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
