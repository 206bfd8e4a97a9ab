package io.ostiary.tests.app;

import java.nio.file.Path;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** The app on an embedded Jetty 12. */
public final class Jetty12Server {

  private Jetty12Server() {}

  /**
   * Serves until standard input ends.
   *
   * @param args the policy file, and the number of guard filters
   */
  public static void main(String[] args) throws Exception {
    Server server = new Server(0);
    ServletContextHandler context = new ServletContextHandler("/");
    context.setMaxFormContentSize(8 << 20);
    context.addServletContainerInitializer(
        (classes, servletContext) ->
            App.install(servletContext, Path.of(args[0]), Integer.parseInt(args[1])));
    server.setHandler(context);
    server.start();
    Serving.announce(((ServerConnector) server.getConnectors()[0]).getLocalPort());
    Serving.untilInputEnds();
    System.exit(0);
  }
}
