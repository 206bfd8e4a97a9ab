package io.ostiary.agent.container;

import io.ostiary.core.LineTail;
import java.nio.ByteBuffer;
import java.util.Locale;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;

/** What a core handler's answer looks like to who would end it with an event of his own. Of one writer at a time. */
final class JettyCoreEvents {

  private final Response response;
  private final LineTail tail = new LineTail();

  /** @param response Jetty's own */
  JettyCoreEvents(Response response) {
    this.response = response;
  }

  /** These bytes are about to leave; a few of the last are enough. */
  void saw(ByteBuffer bytes) {
    for (int i = Math.max(bytes.position(), bytes.limit() - 4); i < bytes.limit(); i++) {
      tail.saw(bytes.get(i));
    }
  }

  /** Whether nothing is half written, and bytes can be put in as they are. */
  boolean takesAnother() {
    return tail.isBetweenEvents() && !isCoded();
  }

  /** An event as it is to be written now, or {@code null} where none can be. */
  byte @Nullable [] last(byte[] event) {
    if (!isEventStream() || !tail.isBetweenLines() || isCoded()) {
      return null;
    }
    return tail.isBetweenEvents() ? event : afterLine(event);
  }

  private boolean isEventStream() {
    String type = response.getHeaders().get(HttpHeader.CONTENT_TYPE);
    return type != null && type.toLowerCase(Locale.ROOT).startsWith("text/event-stream");
  }

  private boolean isCoded() {
    return response.getHeaders().contains(HttpHeader.CONTENT_ENCODING);
  }

  private static byte[] afterLine(byte[] event) {
    return ByteBuffer.allocate(event.length + 1).put((byte) '\n').put(event).array();
  }
}
