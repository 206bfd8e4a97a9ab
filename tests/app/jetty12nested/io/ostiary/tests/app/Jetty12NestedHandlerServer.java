package io.ostiary.tests.app;

import org.eclipse.jetty.ee10.nested.ContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;

/** Handlers without servlets, and servlets, in contexts of Jetty 12 that nest the old code. */
public final class Jetty12NestedHandlerServer {

  private Jetty12NestedHandlerServer() {}

  /** Serves until standard input ends. */
  public static void main(String[] args) throws Exception {
    Serving.untilInputEnds(Jetty12NestedHandlerServer::started);
  }

  private static Serving.Running started() throws Exception {
    Server server = new Server(0);
    ServletContextHandler servlets = new ServletContextHandler(null, "/app");
    servlets.addServlet(new ServletHolder(new OwnAnswers.Servlet()), "/*");
    servlets.insertHandler(new OwnAnswers(false));
    ContextHandler handlers = new ContextHandler();
    handlers.setContextPath("/");
    handlers.setHandler(new OwnAnswers(true));
    ContextHandlerCollection all = new ContextHandlerCollection();
    all.addHandler(servlets.get());
    all.addHandler(handlers.get());
    server.setHandler(all);
    server.start();
    return new Started(server);
  }

  private record Started(Server server) implements Serving.Running {

    @Override
    public int port() {
      return ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    }

    @Override
    public void stop() throws Exception {
      server.stop();
    }
  }
}
