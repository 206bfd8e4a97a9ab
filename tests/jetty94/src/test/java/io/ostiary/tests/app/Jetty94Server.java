package io.ostiary.tests.app;

import java.nio.file.Path;
import javax.servlet.ServletContextEvent;
import javax.servlet.ServletContextListener;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.servlet.ServletContextHandler;

/** The app on an embedded Jetty 9.4. */
public final class Jetty94Server {

  private Jetty94Server() {}

  /**
   * Serves until standard input ends.
   *
   * @param args the policy file, and the number of guard filters
   */
  public static void main(String[] args) throws Exception {
    Server server = new Server(0);
    ServletContextHandler context = new ServletContextHandler(server, "/");
    context.setMaxFormContentSize(8 << 20);
    context.addEventListener(
        new ServletContextListener() {
          @Override
          public void contextInitialized(ServletContextEvent event) {
            App.install(event.getServletContext(), Path.of(args[0]), Integer.parseInt(args[1]));
          }

          @Override
          public void contextDestroyed(ServletContextEvent event) {}
        });
    server.start();
    Serving.announce(((ServerConnector) server.getConnectors()[0]).getLocalPort());
    Serving.untilInputEnds();
    System.exit(0);
  }
}
