package io.ostiary.agent.container;

import io.ostiary.core.ClientLine;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import org.apache.catalina.connector.Request;
import org.apache.coyote.AbstractProcessor;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * Where one Tomcat has the line to a call's client: of an HTTP/1.1 call on a NIO or NIO2 connector its connection, of an HTTP/2 call
 * its stream. Other connectors (AJP) show none.
 *
 * <p>Reflective, since Tomcat shows nobody the connection of a call; a Tomcat that hides it even so has no line.
 */
final class TomcatClients {

  private static final String HTTP_1 = "org.apache.coyote.http11.Http11Processor";
  private static final String HTTP_2 = "org.apache.coyote.http2.StreamProcessor";

  private final @Nullable Field hook = Hidden.field(org.apache.coyote.Request.class, "hook");
  private final @Nullable Method socket =
      Hidden.method(AbstractProcessor.class, "getSocketWrapper");
  private volatile @Nullable TomcatStreams streams;

  /** The line to the client of a call; {@code null} if there is none to be found. */
  @Nullable ClientLine of(Request request) {
    try {
      Object processor = hook == null ? null : hook.get(request.getCoyoteRequest());
      if (processor == null
          || socket == null
          || !(socket.invoke(processor) instanceof SocketWrapperBase<?> wrapper)) {
        return null;
      }
      return switch (processor.getClass().getName()) {
        case HTTP_1 -> TomcatLine.of(new TomcatCall(request), wrapper);
        case HTTP_2 -> streams(processor).of(new TomcatCall(request), wrapper, processor);
        default -> null;
      };
    } catch (ReflectiveOperationException | RuntimeException hidden) {
      return null;
    }
  }

  private TomcatStreams streams(Object processor) {
    TomcatStreams found = streams;
    if (found == null) {
      found = TomcatStreams.by(processor.getClass());
      streams = found;
    }
    return found;
  }
}
