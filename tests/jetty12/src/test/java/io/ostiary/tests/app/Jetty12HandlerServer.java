package io.ostiary.tests.app;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** A handler around servlets, or a server, that answers by itself, on Jetty 12. */
public final class Jetty12HandlerServer {

  private Jetty12HandlerServer() {}

  /** Serves until standard input ends. */
  public static void main(String[] args) throws Exception {
    Serving.untilInputEnds(Jetty12HandlerServer::started);
  }

  private static Serving.Running started() throws Exception {
    boolean itself = "server".equals(System.getProperty("app.own"));
    Server server = itself ? new Itself() : new Server(new QueuedThreadPool());
    server.addConnector(new ServerConnector(server));
    ServletContextHandler context = new ServletContextHandler("/app");
    context.addServlet(new ServletHolder(new Servlet()), "/*");
    server.setHandler(itself ? context : new Around(context));
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

  private static final class Around extends Handler.Wrapper {

    Around(Handler handler) {
      super(handler);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      return CoreAnswers.answer(request, response, callback)
          || super.handle(request, response, callback);
    }
  }

  private static final class Itself extends Server {

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      return CoreAnswers.answer(request, response, callback)
          || super.handle(request, response, callback);
    }
  }

  /** What is not the handler's. */
  private static final class Servlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      CoreAnswers.count(request.getHeader("X-Test"));
      switch (request.getPathInfo()) {
        case "/throw" -> throw new IllegalStateException("a secret");
        case "/usage" -> {
          response.setContentType("application/json");
          response.getWriter().print(CoreAnswers.USAGE);
        }
        case "/slow" -> {
          CoreAnswers.sleep(request.getHeader("X-Sleep"), request.getHeader("X-Test"));
          response.setContentType("text/event-stream");
          response.getWriter().print("slow");
        }
        default -> {
          byte[] body = request.getInputStream().readAllBytes();
          response.setContentType("text/event-stream");
          response.getWriter().print(new String(body, StandardCharsets.UTF_8));
        }
      }
    }
  }
}
