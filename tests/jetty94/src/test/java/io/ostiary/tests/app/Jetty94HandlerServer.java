package io.ostiary.tests.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.HandlerList;
import org.eclipse.jetty.server.handler.ResourceHandler;
import org.eclipse.jetty.servlet.ServletContextHandler;
import org.eclipse.jetty.servlet.ServletHolder;

/** Handlers without servlets, and servlets, in one Jetty 9.4, 10 or 11. */
public final class Jetty94HandlerServer {

  private Jetty94HandlerServer() {}

  /** Serves until standard input ends. */
  public static void main(String[] args) throws Exception {
    Serving.untilInputEnds(Jetty94HandlerServer::started);
  }

  private static Serving.Running started() throws Exception {
    boolean itself = "server".equals(System.getProperty("app.own"));
    Server server = itself ? new Itself() : new Server(0);
    ServletContextHandler context = new ServletContextHandler(null, "/app");
    context.addServlet(new ServletHolder(new OwnAnswers.Servlet()), "/*");
    HandlerList all = new HandlerList();
    if (!itself) {
      all.addHandler(new OwnAnswers(false));
    }
    all.addHandler(files());
    all.addHandler(context);
    server.setHandler(all);
    server.start();
    return new Started(server);
  }

  private static ResourceHandler files() throws Exception {
    Path root = Files.createTempDirectory("files");
    Files.createDirectory(root.resolve("files"));
    Files.writeString(root.resolve("files/page.bin"), "a page of some text");
    ResourceHandler files = new ResourceHandler();
    files.setResourceBase(root.toString());
    return files;
  }

  /** A server that answers before its handlers. */
  private static final class Itself extends Server {

    private final OwnAnswers answers = new OwnAnswers(false);

    Itself() {
      super(0);
    }

    @Override
    public void handle(
        String target, Request base, HttpServletRequest request, HttpServletResponse response)
        throws IOException, ServletException {
      answers.handle(target, base, request, response);
      if (!base.isHandled()) {
        super.handle(target, base, request, response);
      }
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
