package io.ostiary.agent.container;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * The handlers of a Jetty before 12, or of an environment of Jetty 12 that nests that one's code. The tree may change while the
 * server runs, since a context may be deployed with handlers of any kind; see {@link Answerers}.
 * Reflective, since the same names are other types in the Jetty it is compiled against.
 */
final class JettyTree {

  /** How a class of handlers tells those below it, by the interface that it has the method of. */
  private static final ClassValue<Method[]> BELOW =
      new ClassValue<>() {
        @Override
        protected Method[] computeValue(Class<?> type) {
          Method method = below(type);
          return method == null ? new Method[0] : new Method[] {method};
        }
      };

  private JettyTree() {}

  /** What a handler and all below it come to. */
  static HandlerKind kind(Object handler) throws ReflectiveOperationException {
    HandlerKind kind = HandlerKind.of(handler);
    Method[] below = BELOW.get(handler.getClass());
    if (kind == HandlerKind.ANSWERS || below.length == 0) {
      return kind;
    }
    Object[] handlers = (Object[]) below[0].invoke(handler);
    if (handlers != null) {
      for (Object each : handlers) {
        kind = each == null ? kind : kind.and(kind(each));
      }
    }
    return kind;
  }

  private static @Nullable Method below(@Nullable Class<?> type) {
    if (type == null) {
      return null;
    }
    for (Class<?> each : type.getInterfaces()) {
      if (each.getName().endsWith(".HandlerContainer")) {
        try {
          return each.getMethod("getHandlers");
        } catch (NoSuchMethodException another) {
          return null;
        }
      }
    }
    return below(type.getSuperclass());
  }
}
