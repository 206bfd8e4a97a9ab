package io.ostiary.agent.container;

import java.lang.reflect.Method;
import java.util.Set;

/**
 * Who answers where a class of Jetty's handlers stands: nobody, since it hands calls on; servlets, whose own door judges calls; or
 * the handler itself, so that calls have to be judged before it. Classes are told apart by their names, which mean the same in each Jetty.
 */
enum HandlerKind {
  /** It hands calls on, or answers nothing that a model would: a redirect, a picture, an error. */
  SILENT,
  SERVLETS,
  ANSWERS;

  private static final String JETTYS = "org.eclipse.jetty.";

  /** Of Jetty 12, what has servlets below it. */
  private static final String ENVIRONMENT = JETTYS + "ee";

  /** The one handler of servlets of Jetty 9.4 to 11. */
  private static final String SERVLET_HANDLER = JETTYS + "servlet.ServletHandler";

  /** Handlers without any below them that answer nothing of weight. */
  private static final Set<String> HARMLESS =
      Set.of(
          JETTYS + "server.handler.DefaultHandler",
          JETTYS + "server.handler.SecuredRedirectHandler");

  /** Handlers with others below them that answer by themselves. */
  private static final Set<String> ANSWERING =
      Set.of(
          JETTYS + "http.spi.HttpSpiContextHandler",
          JETTYS + "proxy.ConnectHandler",
          JETTYS + "server.handler.ConnectHandler",
          JETTYS + "server.handler.ResourceHandler",
          JETTYS + "ee8.nested.ResourceHandler",
          JETTYS + "ee9.nested.ResourceHandler",
          JETTYS + "ee8.proxy.ConnectHandler",
          JETTYS + "ee9.proxy.ConnectHandler",
          JETTYS + "websocket.core.server.WebSocketUpgradeHandler",
          JETTYS + "websocket.server.WebSocketHandler",
          JETTYS + "websocket.server.WebSocketUpgradeHandler");

  /** The interfaces of handlers with others below them. */
  private static final Set<String> CONTAINERS =
      Set.of(
          JETTYS + "server.Handler$Container",
          JETTYS + "server.HandlerContainer",
          JETTYS + "ee8.nested.HandlerContainer",
          JETTYS + "ee9.nested.HandlerContainer");

  private static final ClassValue<HandlerKind> KINDS =
      new ClassValue<>() {
        @Override
        protected HandlerKind computeValue(Class<?> type) {
          return kind(type);
        }
      };

  /** The kind of one handler, without those below it. */
  static HandlerKind of(Object handler) {
    return KINDS.get(handler.getClass());
  }

  /** What two in one tree come to: one that answers weighs most, then servlets. */
  HandlerKind and(HandlerKind other) {
    return this == ANSWERS || other == SILENT ? this : other;
  }

  private static HandlerKind kind(Class<?> type) {
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      String name = each.getName();
      if (HARMLESS.contains(name)) {
        return SILENT;
      }
      if (ANSWERING.contains(name)) {
        return ANSWERS;
      }
      if (name.equals(SERVLET_HANDLER) || isOfServlets(name)) {
        return SERVLETS;
      }
      if (!name.startsWith(JETTYS) && takesRequests(each)) {
        // Most such handlers hand calls on; which of them do not is not to be seen.
        return ANSWERS;
      }
    }
    return isContainer(type) ? SILENT : ANSWERS;
  }

  /** What is nested has the handlers of an older Jetty below it, which are of all kinds. */
  private static boolean isOfServlets(String name) {
    return name.startsWith(ENVIRONMENT)
        && (!name.contains(".nested.") || name.contains("$CoreContextHandler"));
  }

  private static boolean isContainer(Class<?> type) {
    if (type.isInterface() && CONTAINERS.contains(type.getName())) {
      return true;
    }
    for (Class<?> each : type.getInterfaces()) {
      if (isContainer(each)) {
        return true;
      }
    }
    return type.getSuperclass() != null && isContainer(type.getSuperclass());
  }

  /** Whether a class declares a method that is given a request of Jetty's, by whichever name: handle, doScope, onConditionsMet. */
  private static boolean takesRequests(Class<?> type) {
    try {
      for (Method method : type.getDeclaredMethods()) {
        for (Class<?> parameter : method.getParameterTypes()) {
          if (parameter.getName().startsWith(JETTYS) && parameter.getName().endsWith("Request")) {
            return true;
          }
        }
      }
      return false;
    } catch (LinkageError incomplete) {
      return true;
    }
  }
}
