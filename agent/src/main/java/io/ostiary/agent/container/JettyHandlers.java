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

  /** Handlers without one below them that answer nothing but errors and a picture. */
  private static final Set<String> SILENT =
      Set.of("org.eclipse.jetty.server.handler.DefaultHandler");

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
    return first != Kind.ANSWERS
        && last != Kind.ANSWERS
        && (first == Kind.SERVLETS || last == Kind.SERVLETS);
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
      Kind each = below(handlers.get(i));
      if (each.ordinal() > kind.ordinal()) {
        kind = each;
      }
    }
    return kind;
  }

  private static Kind kind(Class<?> type) {
    if (SILENT.contains(type.getName())) {
      return Kind.SILENT;
    }
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      if (each.getName().startsWith(SERVLETS)) {
        return Kind.SERVLETS;
      }
      if (each.getName().equals("org.eclipse.jetty.server.handler.ResourceHandler")) {
        return Kind.ANSWERS;
      }
    }
    return Handler.Container.class.isAssignableFrom(type) ? Kind.SILENT : Kind.ANSWERS;
  }

  private enum Kind {
    SILENT,
    SERVLETS,
    ANSWERS
  }
}
