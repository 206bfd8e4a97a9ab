package io.ostiary.agent.container;

import io.ostiary.core.ClientLine;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import org.apache.coyote.AbstractProcessor;
import org.apache.coyote.Request;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * How one Tomcat tells whether a client is still there. Of an HTTP/1.1 call on a NIO connector the socket is read without waiting,
 * into the connector's own buffer, from which it reads on: what a client sends ahead is not lost, but once it has sent something,
 * nobody looks behind that. Of an HTTP/2 call the stream is asked. Other connectors (NIO2, AJP) tell nothing.
 *
 * <p>Reflective, since Tomcat shows nobody the connection of a call; a Tomcat that hides it even so tells nothing.
 */
final class TomcatClients {

  private static final String HTTP_1 = "org.apache.coyote.http11.Http11Processor";
  private static final String HTTP_2 = "org.apache.coyote.http2.StreamProcessor";
  private static final String NIO = "org.apache.tomcat.util.net.NioEndpoint$NioSocketWrapper";

  private final @Nullable Field hook = field(Request.class, "hook");
  private final @Nullable Method socket = method(AbstractProcessor.class, "getSocketWrapper");
  private volatile @Nullable Field stream;
  private volatile @Nullable Method writable;

  /** Whether the client of a call has gone; {@code null} if that cannot be told before it is written to. */
  @Nullable ClientLine of(Request request) {
    try {
      Object processor = hook == null ? null : hook.get(request);
      if (processor == null) {
        return null;
      }
      return switch (processor.getClass().getName()) {
        case HTTP_1 -> socket == null ? null : ofSocket(socket.invoke(processor));
        case HTTP_2 -> ofStream(processor);
        default -> null;
      };
    } catch (ReflectiveOperationException | RuntimeException hidden) {
      return null;
    }
  }

  private static @Nullable ClientLine ofSocket(@Nullable Object socket) {
    if (socket == null || !socket.getClass().getName().equals(NIO)) {
      return null;
    }
    SocketWrapperBase<?> wrapper = (SocketWrapperBase<?>) socket;
    return () -> {
      try {
        boolean unused = wrapper.isReadyForRead();
        return false;
      } catch (IOException ended) {
        return true;
      } catch (RuntimeException unclear) {
        return false;
      }
    };
  }

  private @Nullable ClientLine ofStream(Object processor) throws ReflectiveOperationException {
    Field held = stream;
    if (held == null) {
      held = field(processor.getClass(), "stream");
      stream = held;
    }
    Object call = held == null ? null : held.get(processor);
    Method asked = writable;
    if (asked == null && call != null) {
      asked = method(call.getClass(), "canWrite");
      writable = asked;
    }
    if (call == null || asked == null) {
      return null;
    }
    Method canWrite = asked;
    return () -> {
      try {
        return !(boolean) canWrite.invoke(call);
      } catch (ReflectiveOperationException unclear) {
        return false;
      }
    };
  }

  private static @Nullable Field field(Class<?> type, String name) {
    try {
      Field field = type.getDeclaredField(name);
      field.setAccessible(true);
      return field;
    } catch (ReflectiveOperationException | RuntimeException hidden) {
      return null;
    }
  }

  private static @Nullable Method method(Class<?> type, String name) {
    try {
      Method method = type.getDeclaredMethod(name);
      method.setAccessible(true);
      return method;
    } catch (ReflectiveOperationException | RuntimeException hidden) {
      return null;
    }
  }
}
