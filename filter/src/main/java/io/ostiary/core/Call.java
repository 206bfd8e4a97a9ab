package io.ostiary.core;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** The head of one request, as a shell shows it to the guard. Header names are case-insensitive. */
public interface Call {

  /** The request method, in upper case as it came. */
  String method();

  /**
   * The path as the request line has it: percent-encoded, with path parameters, without the query, and beginning with
   * {@code /} (RFC 9112 section 3.2).
   */
  String rawPath();

  /**
   * The path as the container resolved it: decoded, normalised, without path parameters, context path included; {@code
   * null} where the container has not resolved it yet.
   */
  @Nullable String resolvedPath();

  /** The query as the request line has it, without the question mark, or {@code null}. */
  @Nullable String query();

  /** The literal address of the socket's peer, as far as it can be known; see {@link #peerSource}. */
  String peer();

  /** The first line of a header, or {@code null}. */
  @Nullable String header(String name);

  /** Every line of a header, in the order they came. */
  Iterator<String> headers(String name);

  /** Every line of a header in which proxies tell of clients, as it came over the socket, in order. */
  default Iterator<String> forwarded(String name) {
    return headers(name);
  }

  /** Whose word {@link #peer} is. */
  default PeerSource peerSource() {
    return PeerSource.SOCKET;
  }

  /** The declared length of the body in bytes, or −1 when none is declared. */
  long declaredLength();

  /** Whether the connection is about to stop speaking HTTP, so that nobody may wrap the request. */
  default boolean asksForUpgrade() {
    return false;
  }

  /** How long ago the first byte of the request came, in nanoseconds; zero where only its complete head is known of. */
  default long nanosSinceFirstByte() {
    return 0;
  }

  /** Whether the call shares its connection with others, as in HTTP/2: there a body needs no header that announces it. */
  default boolean isMultiplexed() {
    return false;
  }
}
