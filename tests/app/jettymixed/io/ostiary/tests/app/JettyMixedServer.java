package io.ostiary.tests.app;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;

/** Handlers of Jetty 12's core and servlets in one server. */
public final class JettyMixedServer {

  private JettyMixedServer() {}

  /** Serves until standard input ends. */
  public static void main(String[] args) throws Exception {
    Serving.untilInputEnds(JettyMixedServer::started);
  }

  private static Serving.Running started() throws Exception {
    Server server = new Server(0);
    ServletContextHandler context = new ServletContextHandler("/app");
    context.addServlet(new Echo(), "/*");
    CoreApp core = new CoreApp(InvocationType.BLOCKING);
    server.setHandler(new Handler.Sequence(core, context));
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

  private static final class Echo extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      String read = new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (request.getHeader("X-Fail") != null) {
        response.sendError(410, "it has gone");
        return;
      }
      response.setContentType("application/json");
      response.getWriter().print(read);
    }
  }
}
