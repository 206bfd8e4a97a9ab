package io.ostiary.agent.container;

import io.ostiary.core.ClientLine;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * The line to the client of an HTTP/1.1 call on Jetty 12. Whether the client is still there is told by a read of one byte that
 * does not wait. A byte that comes goes to the head of what the connection reads next, in the way of a connection that is
 * upgraded; nobody looks behind it then.
 */
final class JettyCoreClient implements ClientLine {

  /** A connection's buffer has room for more than that, whatever its size. */
  static final int MOST_UNREAD = 1024;

  private final Request request;
  private final EndPoint socket;
  private final Connection.UpgradeFrom unread;
  private final Connection.UpgradeTo reader;

  private boolean asked;

  /** Bytes have come that the connection is to read. */
  private boolean spoke;

  private JettyCoreClient(
      Request request,
      EndPoint socket,
      Connection.UpgradeFrom unread,
      Connection.UpgradeTo reader) {
    this.request = request;
    this.socket = socket;
    this.unread = unread;
    this.reader = reader;
  }

  /** The line to the client of a call; {@code null} where nothing can be told of it. */
  static @Nullable ClientLine of(Request request) {
    if (request.getConnectionMetaData().getHttpVersion().getVersion()
        >= HttpVersion.HTTP_2.getVersion()) {
      return new JettyCoreStream(request);
    }
    Connection connection = request.getConnectionMetaData().getConnection();
    return connection instanceof Connection.UpgradeFrom from
            && connection instanceof Connection.UpgradeTo to
        ? new JettyCoreClient(request, connection.getEndPoint(), from, to)
        : null;
  }

  @Override
  public boolean isGone() {
    if (!asked) {
      asked = true;
      lookAhead();
    }
    if (spoke) {
      return false;
    }
    ByteBuffer one = ByteBuffer.allocate(1).limit(0);
    try {
      if (socket.fill(one) < 0) {
        return true;
      }
    } catch (IOException broken) {
      return true;
    }
    giveBack(one);
    return false;
  }

  /** What the connection has read and nobody has asked for, such as the request's own body, must leave room for what comes. */
  private void lookAhead() {
    ByteBuffer bytes = unread.onUpgradeFrom();
    if (bytes != null && bytes.hasRemaining()) {
      spoke = bytes.remaining() > MOST_UNREAD;
      reader.onUpgradeTo(bytes);
    }
  }

  private void giveBack(ByteBuffer bytes) {
    if (bytes.hasRemaining()) {
      spoke = true;
      reader.onUpgradeTo(bytes);
    }
  }

  @Override
  public void tellApp() {
    JettyCoreFailure.tell(request, new EofException("The client has gone."));
  }

  @Override
  public void stopReading() {
    below().shutInput();
  }

  @Override
  public void cut() {
    below().shut();
  }

  /** What lies below all end points, be they of TLS or of a socket. */
  private JettySocket below() {
    Object below = socket;
    while (below instanceof EndPoint upper) {
      below = upper.getTransport();
    }
    return new JettySocket(below);
  }
}
