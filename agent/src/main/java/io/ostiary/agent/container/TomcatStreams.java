package io.ostiary.agent.container;

import io.ostiary.core.ClientLine;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * How the streams of one Tomcat's HTTP/2 are taken hold of; each part is {@code null} where a release hides it.
 *
 * @param stream that of a processor
 * @param canWrite whether anything may still be sent on a stream
 * @param number of a stream
 * @param handler of a stream's connection
 * @param reset what the handler does when a client resets a stream
 * @param input the buffer of a stream's body
 * @param bytes of that buffer: who reads waits for them
 * @param ended whether a reader of the buffer, once it is woken, is to fail
 */
record TomcatStreams(
    @Nullable Field stream,
    @Nullable Method canWrite,
    @Nullable Method number,
    @Nullable Field handler,
    @Nullable Method reset,
    @Nullable Field input,
    @Nullable Field bytes,
    @Nullable Field ended) {

  /** Those whose processors are of a class. */
  static TomcatStreams by(Class<?> processor) {
    Field stream = Hidden.field(processor, "stream");
    Class<?> type = stream == null ? Object.class : stream.getType();
    Field handler = Hidden.field(type, "handler");
    Class<?> connection = handler == null ? Object.class : handler.getType();
    Field input = Hidden.field(type, "inputBuffer");
    Class<?> buffer = input == null ? Object.class : inputBuffer(type, input.getType());
    Field ended = Hidden.field(buffer, "resetReceived");
    return new TomcatStreams(
        stream,
        Hidden.method(type, "canWrite"),
        Hidden.method(type, "getIdentifier"),
        handler,
        Hidden.method(connection, "reset", int.class, long.class),
        input,
        Hidden.field(buffer, "inBuffer"),
        ended == null ? Hidden.field(buffer, "reset") : ended);
  }

  /** Since 9.0.60 the buffer of a body that comes is one of two kinds. */
  private static Class<?> inputBuffer(Class<?> stream, Class<?> type) {
    for (Class<?> each : stream.getDeclaredClasses()) {
      if (each.getSimpleName().equals("StandardStreamInputBuffer")) {
        return each;
      }
    }
    return type;
  }

  /** The line of a processor's call, or {@code null} if it cannot be told whether its client is there. */
  @Nullable ClientLine of(TomcatCall call, SocketWrapperBase<?> connection, Object processor)
      throws IllegalAccessException {
    Object its = stream == null ? null : stream.get(processor);
    return its == null || canWrite == null
        ? null
        : new TomcatStreamLine(call, connection, its, canWrite, this);
  }
}
