package io.ostiary.tests.app;

import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/** An app of Jetty 12's core, without servlets: it answers with what it was sent. */
public final class JettyCoreServer {

  private JettyCoreServer() {}

  /** Serves until standard input ends. */
  public static void main(String[] args) throws Exception {
    Serving.untilInputEnds(JettyCoreServer::started);
  }

  private static Serving.Running started() throws Exception {
    Server server = new Server(0);
    server.setHandler(new Echo());
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

  private static final class Echo extends Handler.Abstract {

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      String text = Content.Source.asString(request, StandardCharsets.UTF_8);
      Content.Sink.write(response, true, text, callback);
      return true;
    }
  }
}
