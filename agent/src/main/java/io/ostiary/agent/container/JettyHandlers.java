package io.ostiary.agent.container;

import java.util.List;
import java.util.Set;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.jspecify.annotations.Nullable;

/**
 * Tells of a server of Jetty 12 whether a handler of its core may answer calls, or servlets alone, whose own door judges them.
 * A tree of handlers may change while the server runs, so it is looked at anew for each call; it is small.
 *
 * <p>Known weakness: a handler of the app's own that stands around servlets, and answers by itself what should have gone to
 * them, is taken for one that passes calls on. Of such calls the head alone is judged.
 */
final class JettyHandlers {

  private static final String SERVLETS = "org.eclipse.jetty.ee";

  /** A handler without one below it that answers nothing but errors and a picture. */
  private static final String SILENT = "org.eclipse.jetty.server.handler.DefaultHandler";

  /** Handlers with others below them that answer by themselves. */
  private static final Set<String> ANSWERING =
      Set.of(
          "org.eclipse.jetty.server.handler.ConnectHandler",
          "org.eclipse.jetty.server.handler.ResourceHandler",
          "org.eclipse.jetty.websocket.core.server.WebSocketUpgradeHandler",
          "org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler");

  private static final ClassValue<Kind> KINDS =
      new ClassValue<>() {
        @Override
        protected Kind computeValue(Class<?> type) {
          return kind(type);
        }
      };

  private JettyHandlers() {}

  /** Whether whatever is answered is answered by servlets. */
  static boolean areServletsAlone(Server server) {
    Kind first = below(server.getHandler());
    Kind last = below(server.getDefaultHandler());
    return first.and(last) == Kind.SERVLETS;
  }

  /** What a handler and those below it come to: one that answers weighs most, then servlets. */
  private static Kind below(@Nullable Handler handler) {
    if (handler == null) {
      return Kind.SILENT;
    }
    Kind kind = KINDS.get(handler.getClass());
    if (kind == Kind.ANSWERS || !(handler instanceof Handler.Container container)) {
      return kind;
    }
    List<Handler> handlers = container.getHandlers();
    for (int i = 0; i < handlers.size(); i++) {
      kind = kind.and(below(handlers.get(i)));
    }
    return kind;
  }

  /** Has all handlers of a server looked at on which servlets alone should answer. */
  static void meetAll(Server server, OwnHandlers handlers) {
    meet(server.getHandler(), handlers);
    meet(server.getDefaultHandler(), handlers);
  }

  private static void meet(@Nullable Handler handler, OwnHandlers handlers) {
    if (handler == null) {
      return;
    }
    handlers.meet(handler);
    meetNested(handler, handlers);
    if (handler instanceof Handler.Container container) {
      for (Handler each : container.getHandlers()) {
        meet(each, handlers);
      }
    }
  }

  /** Of a context of ee8 or ee9, which has handlers of its own kind below it. */
  private static void meetNested(Handler handler, OwnHandlers handlers) {
    String type = handler.getClass().getName();
    if (type.startsWith(SERVLETS) && type.contains(".nested.")) {
      try {
        handlers.meetAllIn(handler.getClass().getMethod("getContextHandler").invoke(handler));
      } catch (ReflectiveOperationException none) {
        // A handler that is no context has nothing below it but what Jetty has put there.
      }
    }
  }

  private static Kind kind(Class<?> type) {
    if (type.getName().equals(SILENT)) {
      return Kind.SILENT;
    }
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      if (each.getName().startsWith(SERVLETS)) {
        return Kind.SERVLETS;
      }
      if (ANSWERING.contains(each.getName())) {
        return Kind.ANSWERS;
      }
    }
    return Handler.Container.class.isAssignableFrom(type) ? Kind.SILENT : Kind.ANSWERS;
  }

  private enum Kind {
    SILENT,
    SERVLETS,
    ANSWERS;

    Kind and(Kind other) {
      return this == ANSWERS || other == SILENT ? this : other;
    }
  }
}
