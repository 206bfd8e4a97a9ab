package io.ostiary.agent;

import java.util.List;

/**
 * One container method that leads calls to the guard.
 *
 * @param type its class
 * @param method its name
 * @param parameters its descriptor, with {@code S} in place of {@code javax/servlet} and {@code jakarta/servlet}, and without
 *     {@code $Mutable}, the class of its own that header fields have had since Jetty 10
 * @param door the class of the container package that stands behind it, if one does, by which its {@link Advice} is chosen
 * @param product the server that this method tells of, or {@link Product#NONE}
 * @param loss what is lost where a release has the class without the method
 */
record Hook(
    String type, String method, String parameters, String door, Product product, Loss loss) {

  /** What goes without a hook. */
  enum Loss {
    /** Calls would pass unguarded. */
    GUARD,
    /** Errors stay as the server writes them. */
    PAGES,
    /** A call whose end the server never tells holds what it holds. */
    RELEASE,
    /** The server stops without waiting for calls that run. */
    STOP,
    /** Servers of an app's own kind start without being looked at. */
    START,
    /** Nothing: the class inherits the method from another that is hooked. */
    NOTHING
  }

  /** One by which calls are guarded. */
  Hook(String type, String method, String parameters, String door, Product product) {
    this(type, method, parameters, door, product, Loss.GUARD);
  }

  /** One by which errors are told; without it they stay the server's own. */
  private static Hook ofPages(String type, String method, String parameters, String door) {
    return new Hook(type, method, parameters, door, Product.NONE, Loss.PAGES);
  }

  /**
   * One by which a server that stops waits for calls that run, before it lets go of anything: Tomcat's service has not told its
   * connectors to pause, and a connector of Jetty, which has closed its port, still serves the connections that it has.
   */
  private static Hook ofStop(String type, String method) {
    return new Hook(type, method, "()V", "ServerStop", Product.NONE, Loss.STOP);
  }

  /** One by which a server is looked at before it serves, which may be of an app's own kind; see {@link OwnServers}. */
  private static Hook ofStart(String type, String method) {
    return new Hook(type, method, "()V", "ServerStart", Product.NONE, Loss.START);
  }

  /** The package of the doors. */
  static final String DOORS = "io.ostiary.agent.container.";

  /** The method by which Jetty 9.4 to 11 answers bytes that are no request. */
  static final String BAD_MESSAGE = "badMessageError";

  /**
   * Every method that is hooked. Doors of one class are generations of it: a release must have every method of one of them, and
   * that is the one door behind all of them. A start or a stop is no door, and may stand beside one.
   */
  static final List<Hook> ALL =
      List.of(
          // Tomcat 9 to 11
          new Hook(
              "org.apache.catalina.connector.CoyoteAdapter",
              "postParseRequest",
              "(Lorg/apache/coyote/Request;Lorg/apache/catalina/connector/Request;"
                  + "Lorg/apache/coyote/Response;Lorg/apache/catalina/connector/Response;)Z",
              "TomcatConnector",
              Product.TOMCAT),
          new Hook(
              "org.apache.catalina.core.ApplicationFilterChain",
              "doFilter",
              "(LS/ServletRequest;LS/ServletResponse;)V",
              "TomcatDispatch",
              Product.NONE),
          // Jetty 9.4 to 11
          new Hook(
              "org.eclipse.jetty.server.Server",
              "handle",
              "(Lorg/eclipse/jetty/server/HttpChannel;)V",
              "JettyConnector",
              Product.JETTY),
          new Hook(
              "org.eclipse.jetty.server.handler.HandlerWrapper",
              "handle",
              "(Ljava/lang/String;Lorg/eclipse/jetty/server/Request;"
                  + "LS/http/HttpServletRequest;LS/http/HttpServletResponse;)V",
              "JettyServer",
              Product.NONE),
          new Hook(
              "org.eclipse.jetty.servlet.ServletHandler",
              "doHandle",
              "(Ljava/lang/String;Lorg/eclipse/jetty/server/Request;"
                  + "LS/http/HttpServletRequest;LS/http/HttpServletResponse;)V",
              "JettyDispatch",
              Product.NONE),
          // Jetty 12
          new Hook(
              "org.eclipse.jetty.server.Server",
              "handle",
              "(Lorg/eclipse/jetty/server/Request;Lorg/eclipse/jetty/server/Response;"
                  + "Lorg/eclipse/jetty/util/Callback;)Z",
              "JettyCoreConnector",
              Product.JETTY),
          jettyCoreDispatch("ee10"),
          jettyCoreDispatch("ee11"),
          jettyNestedContext("ee8"),
          jettyNestedContext("ee9"),
          jettyNestedDispatch("ee8"),
          jettyNestedDispatch("ee9"),
          // The servers' own pages for errors
          ofPages(
              "org.apache.catalina.valves.ErrorReportValve",
              "report",
              "(Lorg/apache/catalina/connector/Request;Lorg/apache/catalina/connector/Response;"
                  + "Ljava/lang/Throwable;)V",
              "TomcatPages"),
          ofPages(
              "org.eclipse.jetty.server.handler.ErrorHandler",
              "generateAcceptableResponse",
              "(Lorg/eclipse/jetty/server/Request;"
                  + "LS/http/HttpServletRequest;LS/http/HttpServletResponse;ILjava/lang/String;)V",
              "JettyPages"),
          ofPages(
              "org.eclipse.jetty.server.handler.ErrorHandler",
              BAD_MESSAGE,
              "(ILjava/lang/String;Lorg/eclipse/jetty/http/HttpFields;)Ljava/nio/ByteBuffer;",
              "JettyPages"),
          ofPages(
              "org.eclipse.jetty.server.handler.ErrorHandler",
              "generateResponse",
              "(Lorg/eclipse/jetty/server/Request;Lorg/eclipse/jetty/server/Response;"
                  + "ILjava/lang/String;Ljava/lang/Throwable;Lorg/eclipse/jetty/util/Callback;)V",
              "JettyCorePages"),
          jettyNestedPages("ee8"),
          jettyNestedPages("ee9"),
          // Jetty 12.0; of 12.1 on it is the core's
          new Hook(
              "org.eclipse.jetty.ee10.servlet.ErrorHandler",
              "generateAcceptableResponse",
              "(Lorg/eclipse/jetty/ee10/servlet/ServletContextRequest;"
                  + "LS/http/HttpServletRequest;LS/http/HttpServletResponse;ILjava/lang/String;)V",
              "JettyPages",
              Product.NONE,
              Loss.NOTHING),
          ofStart("org.eclipse.jetty.server.Server", "doStart"),
          // Where Tomcat is done with a request
          new Hook(
              "org.apache.catalina.connector.Request",
              "recycle",
              "()V",
              "TomcatRelease",
              Product.NONE,
              Loss.RELEASE),
          // The servers' stop, and that of their parts, which are stopped within it one after
          // another, or alone
          ofStop("org.apache.catalina.core.StandardServer", "stopInternal"),
          ofStop("org.eclipse.jetty.server.Server", "doStop"),
          ofStop("org.apache.catalina.core.StandardService", "stopInternal"),
          ofStop("org.eclipse.jetty.server.AbstractConnector", "doStop"));

  private static Hook jettyNestedPages(String environment) {
    return ofPages(
        "org.eclipse.jetty." + environment + ".nested.ErrorHandler",
        "generateAcceptableResponse",
        "(Lorg/eclipse/jetty/"
            + environment
            + "/nested/Request;LS/http/HttpServletRequest;LS/http/HttpServletResponse;ILjava/lang/String;)V",
        "JettyPages");
  }

  private static Hook jettyCoreDispatch(String environment) {
    String servlets = "org.eclipse.jetty." + environment + ".servlet.ServletHandler";
    return new Hook(
        servlets + "$MappedServlet",
        "handle",
        "(L"
            + servlets.replace('.', '/')
            + ";Ljava/lang/String;LS/http/HttpServletRequest;LS/http/HttpServletResponse;)V",
        "JettyCoreDispatch",
        Product.NONE);
  }

  private static Hook jettyNestedContext(String environment) {
    String nested = "org.eclipse.jetty." + environment + ".nested.";
    return new Hook(
        nested + "ContextHandler",
        "doHandle",
        "(Ljava/lang/String;L"
            + nested.replace('.', '/')
            + "Request;LS/http/HttpServletRequest;LS/http/HttpServletResponse;)V",
        "JettyContext",
        Product.NONE);
  }

  private static Hook jettyNestedDispatch(String environment) {
    return new Hook(
        "org.eclipse.jetty." + environment + ".servlet.ServletHandler",
        "doHandle",
        "(Ljava/lang/String;Lorg/eclipse/jetty/"
            + environment
            + "/nested/Request;LS/http/HttpServletRequest;LS/http/HttpServletResponse;)V",
        "JettyDispatch",
        Product.NONE);
  }

  /** Whether a method is the one that is meant. */
  boolean matches(String name, String descriptor) {
    return name.equals(method)
        && descriptor
            .replace("Ljakarta/servlet/", "LS/")
            .replace("Ljavax/servlet/", "LS/")
            .replace("$Mutable;", ";")
            .equals(parameters);
  }

  /** The hook of a class that has this one's method in place of the class that it extends; nothing is lost where another has its name. */
  Hook in(Class<?> own) {
    return new Hook(own.getName(), method, parameters, door, Product.NONE, Loss.NOTHING);
  }

  /** The class that stands behind it. */
  String doorType() {
    return DOORS + door;
  }

  /** What is woven in. */
  Advice advice() {
    return method.equals(BAD_MESSAGE) ? Advice.OF_BAD_MESSAGE : Advice.of(door);
  }
}
