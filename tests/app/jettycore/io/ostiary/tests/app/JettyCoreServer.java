package io.ostiary.tests.app;

import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.gzip.GzipHandler;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;

/** An app of Jetty 12's core, without servlets. */
public final class JettyCoreServer {

  private JettyCoreServer() {}

  /** Serves until standard input ends. */
  public static void main(String[] args) throws Exception {
    Serving.untilInputEnds(JettyCoreServer::started);
  }

  private static Serving.Running started() throws Exception {
    HttpConfiguration configuration = new HttpConfiguration();
    Server server = new Server();
    ServerConnector connector =
        new ServerConnector(
            server,
            new HttpConnectionFactory(configuration),
            new HTTP2CServerConnectionFactory(configuration));
    server.addConnector(connector);
    InvocationType type =
        Boolean.getBoolean("app.non-blocking")
            ? InvocationType.NON_BLOCKING
            : InvocationType.BLOCKING;
    server.setHandler(zipping(new Handler.Sequence(new CoreEcho(type), new CoreApp(type))));
    if (AccessLog.isKept()) {
      server.setRequestLog(
          (request, response) ->
              AccessLog.add(
                  response.getStatus(),
                  request.getHttpURI().getPathQuery(),
                  request.getHeaders().get("X-Test")));
    }
    server.start();
    return new Started(server);
  }

  /** The old handler, which apps go on using. */
  @SuppressWarnings({"deprecation", "removal"})
  private static Handler zipping(Handler handler) {
    GzipHandler zipping = new GzipHandler();
    zipping.addIncludedMethods("POST");
    zipping.setMinGzipSize(64);
    zipping.setHandler(handler);
    return zipping;
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
