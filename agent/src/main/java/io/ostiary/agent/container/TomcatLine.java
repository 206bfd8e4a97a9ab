package io.ostiary.agent.container;

import io.ostiary.core.ClientLine;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.Channel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SocketChannel;
import org.apache.tomcat.util.net.Nio2Channel;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SecureNioChannel;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * The connection of one HTTP/1.1 call of Tomcat. It is ended below Tomcat, at the socket itself, with or without TLS: a socket that
 * is shut down is ready for whatever a thread waits for, and fails it.
 *
 * <p>Whether the client is there, a NIO connector tells: the socket is read without waiting, into the connector's own buffer, from
 * which it reads on. What a client sends ahead is not lost, but once it has sent something, nobody looks behind that.
 */
final class TomcatLine implements ClientLine {

  private final TomcatCall call;
  private final SocketWrapperBase<?> wrapper;
  private final NetworkChannel socket;
  private volatile boolean stopped;

  private TomcatLine(TomcatCall call, SocketWrapperBase<?> wrapper, NetworkChannel socket) {
    this.call = call;
    this.wrapper = wrapper;
    this.socket = socket;
  }

  /** The line of a call, or {@code null} if its connector is of neither kind. */
  static @Nullable TomcatLine of(TomcatCall call, SocketWrapperBase<?> wrapper) {
    return socketOf(wrapper) instanceof NetworkChannel socket
        ? new TomcatLine(call, wrapper, socket)
        : null;
  }

  /** Old releases of Tomcat 9 give the channel of a connection that is closed to another one, with a socket of that. */
  private static @Nullable Channel socketOf(SocketWrapperBase<?> wrapper) {
    Object channel = wrapper.getSocket();
    if (channel instanceof NioChannel nio) {
      return nio.getIOChannel();
    }
    return channel instanceof Nio2Channel nio2 ? nio2.getIOChannel() : null;
  }

  /** A read that meets a new key of TLS answers it by the buffer of what is written. */
  @Override
  public boolean isWatchable() {
    return wrapper.getSocket() instanceof NioChannel channel
        && !(channel instanceof SecureNioChannel);
  }

  @Override
  public boolean isGone() {
    if (stopped || !(socket instanceof SocketChannel)) {
      return false;
    }
    try {
      return socketOf(wrapper) != socket || isEnded();
    } catch (RuntimeException | LinkageError unclear) {
      return false;
    }
  }

  private boolean isEnded() {
    try {
      boolean unused = wrapper.isReadyForRead();
      return false;
    } catch (IOException ended) {
      return true;
    }
  }

  /** As the connector does for a socket that fails while nobody is at it: by a thread of the server, and never of the next call. */
  @Override
  public void tellApp() {
    cut();
    try {
      wrapper.setError(new IOException("The client has gone."));
      wrapper.processSocket(SocketEvent.ERROR, true);
    } catch (RuntimeException | LinkageError over) {
      // There is nobody left to tell.
    }
  }

  @Override
  public void stopReading() {
    stopped = true;
    try {
      if (socket instanceof SocketChannel nio) {
        SocketChannel unused = nio.shutdownInput();
      } else if (socket instanceof AsynchronousSocketChannel nio2) {
        AsynchronousSocketChannel unused = nio2.shutdownInput();
      }
    } catch (IOException | RuntimeException closed) {
      // Then nobody reads.
    }
  }

  @Override
  public void takeAnswerBack() {
    call.takeAnswerBack();
  }

  /** A client that has not read all must not take what it has got for the whole; so its connection is reset when it is closed. */
  @Override
  public void cut() {
    try {
      NetworkChannel unused = socket.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException | RuntimeException closed) {
      // Or of NIO2, which knows no such option.
    }
    try {
      if (socket instanceof SocketChannel nio) {
        SocketChannel unused = nio.shutdownOutput();
        unused = nio.shutdownInput();
      } else if (socket instanceof AsynchronousSocketChannel nio2) {
        AsynchronousSocketChannel unused = nio2.shutdownOutput();
        unused = nio2.shutdownInput();
      }
    } catch (IOException | RuntimeException closed) {
      // Then nobody writes.
    }
  }
}
