package io.ostiary.agent.container;

import io.ostiary.core.ClientLine;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The lines to the clients of one Jetty 9.4 to 11: whether the client of an HTTP/1.1 call is still there is told in the way of
 * {@link JettyCoreClient}. Reflective, since the same names are other types in the Jetty it is compiled against.
 */
final class JettyClients {

  private static final String HTTP_1 = "org.eclipse.jetty.server.HttpConnection";

  private final Method endPoint;
  private final Method connection;
  private final Method transport;
  private final Method fill;
  private final Method unread;
  private final Method giveBack;
  private final JettyErrors errors;
  private final JettyStreams streams;

  private JettyClients(Class<?> channel) throws ReflectiveOperationException {
    ClassLoader theirs = channel.getClassLoader();
    endPoint = channel.getMethod("getEndPoint");
    Class<?> socket = endPoint.getReturnType();
    connection = socket.getMethod("getConnection");
    transport = socket.getMethod("getTransport");
    fill = socket.getMethod("fill", ByteBuffer.class);
    Class<?> http = Class.forName(HTTP_1, false, theirs);
    unread = http.getMethod("onUpgradeFrom");
    giveBack = http.getMethod("onUpgradeTo", ByteBuffer.class);
    errors = new JettyErrors(channel);
    streams = new JettyStreams(channel, errors);
  }

  /** Of the Jetty that has this channel; {@code null} for a release that gives nothing back that was read. */
  static @Nullable JettyClients ifTold(Class<?> channel) throws ReflectiveOperationException {
    try {
      return new JettyClients(channel);
    } catch (NoSuchMethodException old) {
      return null;
    }
  }

  /** The line to the client of a call; {@code null} if nothing can be told of it, nor done to it. */
  @Nullable ClientLine of(Object channel) throws ReflectiveOperationException {
    Object socket = endPoint.invoke(channel);
    Object reader = socket == null ? null : connection.invoke(socket);
    if (reader == null) {
      return null;
    }
    return reader.getClass().getName().equals(HTTP_1)
        ? new Client(channel, socket, reader)
        : streams.of(channel);
  }

  /** What lies below all end points, be they of TLS or of a socket. */
  private JettySocket below(Object socket)
      throws InvocationTargetException, IllegalAccessException {
    Object below = socket;
    while (transport.getDeclaringClass().isInstance(below)) {
      below = transport.invoke(below);
    }
    return new JettySocket(below);
  }

  private final class Client implements ClientLine {

    private final Object channel;
    private final Object socket;
    private final Object reader;
    private boolean asked;

    /** Bytes have come that the connection is to read. */
    private boolean spoke;

    Client(Object channel, Object socket, Object reader) {
      this.channel = channel;
      this.socket = socket;
      this.reader = reader;
    }

    @Override
    public boolean isGone() {
      try {
        if (!asked) {
          asked = true;
          lookAhead();
        }
        return !spoke && isEnded();
      } catch (InvocationTargetException failed) {
        return failed.getCause() instanceof IOException;
      } catch (IllegalAccessException hidden) {
        return false;
      }
    }

    private boolean isEnded() throws InvocationTargetException, IllegalAccessException {
      ByteBuffer one = ByteBuffer.allocate(1).limit(0);
      int filled = (int) fill.invoke(socket, one);
      giveBack(one);
      return filled < 0;
    }

    private void lookAhead() throws InvocationTargetException, IllegalAccessException {
      ByteBuffer bytes = (ByteBuffer) unread.invoke(reader);
      if (bytes != null && bytes.hasRemaining()) {
        spoke = bytes.remaining() > JettyCoreClient.MOST_UNREAD;
        giveBack.invoke(reader, bytes);
      }
    }

    private void giveBack(ByteBuffer bytes)
        throws InvocationTargetException, IllegalAccessException {
      if (bytes.hasRemaining()) {
        spoke = true;
        giveBack.invoke(reader, bytes);
      }
    }

    @Override
    public void tellApp() {
      cut();
      errors.tell(channel);
    }

    @Override
    public void stopReading() {
      try {
        below(socket).shutInput();
      } catch (ReflectiveOperationException hidden) {
        // Then it ends when the connector's own patience does.
      }
    }

    @Override
    public void cut() {
      try {
        below(socket).shut();
      } catch (ReflectiveOperationException hidden) {
        // As above.
      }
    }
  }
}
