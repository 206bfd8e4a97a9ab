package io.ostiary.servlet.jakarta;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;

/** What the head of a request tells about its body and its connection. */
final class RequestHead {

  private RequestHead() {}

  /** Whether a body may follow the head (RFC 9112 section 6.3; in HTTP/2 an undeclared body has no mark of its own). */
  static boolean announcesBody(HttpServletRequest request) {
    long declared = request.getContentLengthLong();
    if (declared >= 0) {
      return declared > 0;
    }
    return request.getHeader("Transfer-Encoding") != null || isMultiplexed(request);
  }

  /** Whether the request shares its connection with others, as in HTTP/2. */
  static boolean isMultiplexed(HttpServletRequest request) {
    String protocol = request.getProtocol();
    return protocol != null && !protocol.startsWith("HTTP/1") && !protocol.startsWith("HTTP/0");
  }

  /** Whether the client waits for a {@code 100 Continue} before it sends the body. */
  static boolean awaitsContinue(HttpServletRequest request) {
    return request.getHeader("Expect") != null;
  }

  /**
   * Whether the connection is about to stop speaking HTTP: then nothing may be wrapped. A request with a body is not taken for
   * one, or a client could choose not to have its body judged.
   */
  static boolean asksForUpgrade(HttpServletRequest request) {
    if ("CONNECT".equals(request.getMethod())) {
      // Over HTTP/2 what follows a tunnel's head is the tunnel's.
      return request.getContentLengthLong() <= 0 && request.getHeader("Transfer-Encoding") == null;
    }
    if (request.getHeader("Upgrade") == null || announcesBody(request)) {
      return false;
    }
    String connection = request.getHeader("Connection");
    return connection != null && connection.toLowerCase(Locale.ROOT).contains("upgrade");
  }
}
