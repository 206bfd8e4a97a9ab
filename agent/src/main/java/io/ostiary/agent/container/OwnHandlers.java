package io.ostiary.agent.container;

import io.ostiary.core.Guard;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Handlers that are an app's own, and no servlets: what they answer by themselves has passed the first door alone, so that its
 * head was judged and nothing else. The operator is told of each, once.
 *
 * <p>A class is taken for one if it, or one between it and Jetty's, has a {@code handle} of its own. Most hand calls on; which
 * of them do not is not to be seen.
 */
final class OwnHandlers {

  private static final String JETTYS = "org.eclipse.jetty.";

  private final Guard guard;
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  OwnHandlers(Guard guard) {
    this.guard = guard;
  }

  /** Looks at one handler, of whichever Jetty. */
  void meet(Object handler) {
    Class<?> type = handler.getClass();
    if (handlesItself(type) && told.add(type.getName())) {
      guard.warnOfHeadAlone(type.getName());
    }
  }

  /** Looks at all handlers below one of a Jetty before 12, or of an environment that nests that one's code; and at itself. */
  void meetAllIn(Object container) throws ReflectiveOperationException {
    meet(container);
    for (Object handler :
        (Object[]) container.getClass().getMethod("getChildHandlers").invoke(container)) {
      meet(handler);
    }
  }

  private static boolean handlesItself(Class<?> type) {
    for (Class<?> each = type;
        each != null && !each.getName().startsWith(JETTYS);
        each = each.getSuperclass()) {
      if (declaresHandle(each)) {
        return true;
      }
    }
    return false;
  }

  private static boolean declaresHandle(Class<?> type) {
    try {
      for (Method method : type.getDeclaredMethods()) {
        if (method.getName().equals("handle") || method.getName().equals("doHandle")) {
          return true;
        }
      }
      return false;
    } catch (LinkageError incomplete) {
      return true;
    }
  }
}
