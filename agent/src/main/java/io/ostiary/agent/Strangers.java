package io.ostiary.agent;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Servers that the agent knows by a class of theirs, and cannot guard. Each is spoken of once; with the system property {@code
 * ostiary.agent.unsupported = refuse}, or anything but {@code warn}, its JVM is stopped.
 */
final class Strangers {

  private static final String SETTING = "ostiary.agent.unsupported";

  /** Their classes, as the JVM names them, without which none of them serves. */
  static final Map<String, String> BY_CLASS =
      Map.of(
          "io/undertow/server/Connectors", "Undertow",
          "reactor/netty/http/server/HttpServer", "Reactor Netty (Spring WebFlux)",
          "io/vertx/core/http/impl/HttpServerImpl", "Vert.x",
          "org/glassfish/grizzly/http/server/HttpServer", "Grizzly",
          "io/helidon/webserver/LoomServer", "Helidon",
          "com/ibm/ws/webcontainer/WebContainer", "WebSphere Liberty",
          "weblogic/servlet/internal/WebAppServletContext", "WebLogic");

  private final Console console;
  private final Set<String> seen = ConcurrentHashMap.newKeySet();

  Strangers(Console console) {
    this.console = console;
  }

  /** Such a class is there. */
  void meet(String className) {
    String server = BY_CLASS.get(className);
    if (server == null || !seen.add(server)) {
      return;
    }
    console.warn(
        server
            + " IS NOT GUARDED: the agent guards Tomcat 9 to 11 and Jetty 9.4 to 12. Calls that come by it reach the app unjudged;"
            + " in a servlet app the filter guards them");
    String word = System.getProperty(SETTING, "warn");
    if (!word.equals("warn")) {
      console.say(
          word.equals("refuse")
              ? "the JVM is stopped, as " + SETTING + " = refuse says"
              : "the JVM is stopped: " + SETTING + " takes warn or refuse, not " + word);
      Runtime.getRuntime().halt(1);
    }
  }
}
