package io.ostiary.bench;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * A chat server that does as little as one can do: it reads the request and answers with the same text always, so that what is
 * measured is the server and the guard before it. It knows nothing of Ostiary.
 */
final class ChatServer {

  /** What stands before the port in the line that says that the server is ready. */
  static final String READY = "listening on ";

  private ChatServer() {}

  /** Starts on a free port of the loopback address, says which, and serves until the process is ended. */
  public static void main(String[] args) throws Exception {
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler();
    context.addServlet(new ServletHolder(new ChatServlet()), Chat.PATH);
    server.setHandler(context);
    server.start();
    System.out.println(READY + connector.getLocalPort());
    server.join();
  }

  private static final class ChatServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      byte[] buffer = new byte[4096];
      while (request.getInputStream().read(buffer) >= 0) {
        // What is asked does not matter.
      }
      response.setContentType("application/json");
      response.setContentLength(Chat.ANSWER.length);
      response.getOutputStream().write(Chat.ANSWER);
    }
  }
}
