package io.ostiary.tests.app;

import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;
import java.nio.ByteBuffer;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.ee10.websocket.server.config.JettyWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/** Echoes on an embedded Jetty, by the standard's way and by Jetty's own. */
public final class JettyWebSocketServer {

  private JettyWebSocketServer() {}

  /** Serves until standard input ends. */
  public static void main(String[] args) throws Exception {
    Serving.untilInputEnds(JettyWebSocketServer::started);
  }

  private static Serving.Running started() throws Exception {
    Server server = new Server(0);
    ServletContextHandler context = new ServletContextHandler("/");
    JakartaWebSocketServletContainerInitializer.configure(
        context, (servletContext, container) -> container.addEndpoint(Standard.class));
    JettyWebSocketServletContainerInitializer.configure(
        context,
        (servletContext, container) ->
            container.addMapping("/openai/native", (request, response) -> new Native()));
    server.setHandler(context);
    server.start();
    return new Started(server);
  }

  /** By the standard. */
  @ServerEndpoint("/openai/standard")
  public static final class Standard {

    /** Sends back what came. */
    @OnMessage
    public String text(String text) {
      return text;
    }

    /** Likewise. */
    @OnMessage
    public ByteBuffer bytes(ByteBuffer bytes) {
      return bytes;
    }
  }

  /** Jetty's own. */
  public static final class Native extends Session.Listener.AbstractAutoDemanding {

    @Override
    public void onWebSocketText(String text) {
      getSession().sendText(text, Callback.NOOP);
    }

    @Override
    public void onWebSocketBinary(ByteBuffer bytes, Callback callback) {
      getSession().sendBinary(bytes, callback);
    }
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
