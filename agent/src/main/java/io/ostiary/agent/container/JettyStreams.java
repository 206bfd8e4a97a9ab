package io.ostiary.agent.container;

import io.ostiary.core.ClientLine;
import java.lang.reflect.Method;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The lines to clients whose calls share a connection, on one Jetty 9.4 to 11. That a stream has been reset is told to the app
 * by Jetty, not to anybody else. Reflective as {@link JettyClients} is; what is HTTP/2's own is looked for at each stream, since
 * it need not be there.
 */
final class JettyStreams {

  private static final int CANCEL = 8;

  private final Method transport;
  private final Method scheduler;
  private final Method schedule;
  private final @Nullable Method failed;
  private final Method request;
  private final Method input;
  private final JettyErrors errors;

  /** For the calls of such channels. */
  JettyStreams(Class<?> channel, JettyErrors errors) throws ReflectiveOperationException {
    this.errors = errors;
    transport = channel.getMethod("getHttpTransport");
    scheduler = channel.getMethod("getScheduler");
    schedule =
        scheduler.getReturnType().getMethod("schedule", Runnable.class, long.class, TimeUnit.class);
    request = channel.getMethod("getRequest");
    input = request.getReturnType().getMethod("getHttpInput");
    failed = failed(channel);
  }

  /** What fails the input of a channel; {@code null} before Jetty 10, where the input itself is told. */
  private static @Nullable Method failed(Class<?> channel) {
    try {
      return channel.getMethod("failed", Throwable.class);
    } catch (NoSuchMethodException old) {
      return null;
    }
  }

  /** The line to a call's client, or {@code null} where the call is none of HTTP/2. */
  @Nullable ClientLine of(Object channel) throws ReflectiveOperationException {
    Object sender = transport.invoke(channel);
    try {
      Object stream = sender.getClass().getMethod("getStream").invoke(sender);
      return stream == null ? null : new Client(channel, stream);
    } catch (NoSuchMethodException other) {
      return null;
    }
  }

  private final class Client implements ClientLine {

    private final Object channel;
    private final Object stream;

    Client(Object channel, Object stream) {
      this.channel = channel;
      this.stream = stream;
    }

    @Override
    public boolean isGone() {
      return false;
    }

    @Override
    public boolean isWatchable() {
      return false;
    }

    @Override
    public void stopReading() {
      try {
        Object sender = transport.invoke(channel);
        // Jetty uses its channels again for other streams.
        if (sender.getClass().getMethod("getStream").invoke(sender) == stream
            && failInput(errors.failure("The call's time is over."))) {
          errors.run(channel, () -> ((Runnable) channel).run());
        }
      } catch (ReflectiveOperationException hidden) {
        // Then it ends when the connector's own patience does.
      }
    }

    /** Answers whether the app is to be called, whose threads do not wait. */
    private boolean failInput(Throwable cause) throws ReflectiveOperationException {
      Method ofChannel = failed;
      if (ofChannel != null) {
        return (boolean) ofChannel.invoke(channel, cause);
      }
      Object in = input.invoke(request.invoke(channel));
      return (boolean) in.getClass().getMethod("failed", Throwable.class).invoke(in, cause);
    }

    /** On the thread on which Jetty itself ends a stream that has been idle for too long. */
    @Override
    public void cut() {
      try {
        schedule.invoke(
            scheduler.invoke(channel), (Runnable) this::reset, 0, TimeUnit.MILLISECONDS);
      } catch (ReflectiveOperationException stopped) {
        // The server is about to end all of them.
      }
    }

    private void reset() {
      try {
        ClassLoader theirs = stream.getClass().getClassLoader();
        Class<?> frame = Class.forName("org.eclipse.jetty.http2.frames.ResetFrame", false, theirs);
        Class<?> callback = Class.forName("org.eclipse.jetty.util.Callback", false, theirs);
        int id = (int) stream.getClass().getMethod("getId").invoke(stream);
        stream
            .getClass()
            .getMethod("reset", frame, callback)
            .invoke(
                stream,
                frame.getConstructor(int.class, int.class).newInstance(id, CANCEL),
                callback.getField("NOOP").get(null));
      } catch (ReflectiveOperationException hidden) {
        // As above.
      }
    }
  }
}
