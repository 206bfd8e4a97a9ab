package io.ostiary.tests.fuzz;

import java.nio.file.Path;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;

/** The app on a Jetty 12 that lets everything through that it can be told to. */
public final class JettyServer {

  private JettyServer() {}

  /**
   * Serves until standard input ends.
   *
   * @param args the policy file, and whether the guard is the app's filter
   */
  public static void main(String[] args) throws Exception {
    FuzzedServer.serve(start(Path.of(args[0]), Boolean.parseBoolean(args[1])));
  }

  private static int start(Path policy, boolean filtered) throws Exception {
    Server server = new Server(0);
    ServerConnector connector = (ServerConnector) server.getConnectors()[0];
    connector
        .getConnectionFactory(HttpConnectionFactory.class)
        .getHttpConfiguration()
        .setUriCompliance(UriCompliance.UNSAFE);
    ContextHandlerCollection contexts = new ContextHandlerCollection();
    for (String path : new String[] {"/", "/ctx"}) {
      ServletContextHandler context = new ServletContextHandler(path);
      context.getServletHandler().setDecodeAmbiguousURIs(true);
      context.setWelcomeFiles(new String[] {"run.predict"});
      context.addServletContainerInitializer(
          (classes, servlets) -> App.install(servlets, policy, filtered));
      contexts.addHandler(context);
    }
    server.setHandler(contexts);
    server.start();
    return connector.getLocalPort();
  }
}
