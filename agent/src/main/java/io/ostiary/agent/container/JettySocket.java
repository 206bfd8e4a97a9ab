package io.ostiary.agent.container;

import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * The socket of one HTTP/1.1 connection, below all that Jetty has on it. Where it is shut, Jetty's selector finds out and tells
 * whoever waits there, as of a connection that broke: nothing of the app's runs here, and TLS has no last word to write.
 */
final class JettySocket {

  private static final SocketOption<Integer> LINGER = StandardSocketOptions.SO_LINGER;

  private final @Nullable SocketChannel channel;

  /**
   * A socket that can be shut, if it is one of the JDK's.
   *
   * @param transport what the lowest end point is on
   */
  JettySocket(@Nullable Object transport) {
    this.channel = transport instanceof SocketChannel jdks ? jdks : null;
  }

  /** Nothing more can be read; what is written still leaves. */
  void shutInput() {
    if (channel != null) {
      try {
        channel.shutdownInput();
      } catch (IOException broken) {
        // Then nothing can.
      }
    }
  }

  /** Nothing more can be read or written, and what the system holds for a client that does not read goes when it is closed. */
  void shut() {
    if (channel == null) {
      return;
    }
    try {
      channel.setOption(LINGER, 0);
    } catch (IOException | UnsupportedOperationException otherKind) {
      // A closed one, or one without an address.
    }
    shutInput();
    try {
      channel.shutdownOutput();
    } catch (IOException broken) {
      // As it was to be.
    }
  }
}
