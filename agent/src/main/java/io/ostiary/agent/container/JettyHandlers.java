package io.ostiary.agent.container;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.jspecify.annotations.Nullable;

/**
 * Tells of a server of Jetty 12 whether a handler of its core may answer calls, or servlets alone, whose own door judges them.
 * A tree of handlers may change while the server runs; see {@link Answerers}.
 */
final class JettyHandlers {

  /** How a context of ee8 or ee9 tells what it has below it, by its class. */
  private static final ClassValue<Optional<Method>> NESTED =
      new ClassValue<>() {
        @Override
        protected Optional<Method> computeValue(Class<?> type) {
          return nested(type);
        }
      };

  private JettyHandlers() {}

  /** What a server and all its handlers come to. */
  static HandlerKind kind(Server server) throws ReflectiveOperationException {
    HandlerKind kind = HandlerKind.of(server);
    return kind.and(below(server.getHandler())).and(below(server.getDefaultHandler()));
  }

  /** What a handler and those below it come to. */
  private static HandlerKind below(@Nullable Handler handler) throws ReflectiveOperationException {
    if (handler == null) {
      return HandlerKind.SILENT;
    }
    HandlerKind kind = HandlerKind.of(handler);
    if (kind == HandlerKind.ANSWERS) {
      return kind;
    }
    if (handler instanceof Handler.Singleton wrapper) {
      kind = kind.and(below(wrapper.getHandler()));
    } else if (handler instanceof Handler.Container container) {
      List<Handler> handlers = container.getHandlers();
      for (int i = 0; i < handlers.size(); i++) {
        kind = kind.and(below(handlers.get(i)));
      }
    }
    Method nested = NESTED.get(handler.getClass()).orElse(null);
    return nested == null ? kind : kind.and(JettyTree.kind(nested.invoke(handler)));
  }

  private static Optional<Method> nested(Class<?> type) {
    if (!type.getName().endsWith(".nested.ContextHandler$CoreContextHandler")) {
      return Optional.empty();
    }
    try {
      return Optional.of(type.getMethod("getContextHandler"));
    } catch (NoSuchMethodException another) {
      return Optional.empty();
    }
  }
}
