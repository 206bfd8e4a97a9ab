package example.chat;

import jakarta.servlet.http.HttpServlet;
import java.net.URI;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.ee10.servlet.ServletMapping;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** The chat server: its command line, its Jetty and its URLs. */
final class ChatServer {

  /** The same API under the prefixes at which clients of different vendors look for it. */
  private static final String[] BASES = {"/v1", "/compatible-mode/v1", "/api/predict/chat/v1"};

  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);

  private ChatServer(String host, int port) {
    connector.setHost(host);
    connector.setPort(port);
    server.addConnector(connector);
    server.setHandler(api());
    server.setStopAtShutdown(true);
  }

  /** Serves until the process is told to end: {@code [--host HOST] [--port PORT]}, port 0 being any free one. */
  public static void main(String[] args) throws Exception {
    String host = System.getProperty("chat.host", "127.0.0.1");
    String port = System.getProperty("chat.port", "8080");
    for (int i = 0; i < args.length; i += 2) {
      String value = i + 1 < args.length ? args[i + 1] : "";
      switch (args[i]) {
        case "--host" -> host = value;
        case "--port" -> port = value;
        default -> usage();
      }
    }
    if (!port.matches("\\d{1,5}") || host.isEmpty()) {
      usage();
    }
    ChatServer chat = start(host, Integer.parseInt(port));
    System.out.println("chat: ready at " + chat.uri());
    chat.server.join();
  }

  private static void usage() {
    System.err.println("usage: chat.jar [--host HOST] [--port PORT]");
    System.exit(2);
  }

  /** A server that answers by the time this returns. */
  static ChatServer start(String host, int port) throws Exception {
    ChatServer chat = new ChatServer(host, port);
    chat.server.start();
    return chat;
  }

  /** Where it can be called, with the port that it really got. */
  URI uri() {
    return URI.create("http://" + connector.getHost() + ":" + connector.getLocalPort());
  }

  void stop() throws Exception {
    server.stop();
  }

  private static ServletContextHandler api() {
    ServletContextHandler context = new ServletContextHandler();
    Models models = Models.load();
    serve(context, new CompletionsServlet(models), "/chat/completions");
    serve(context, new TokenizeServlet(models), "/tokenize");
    serve(context, new ModelsServlet(models), "/models");
    context.addServlet(new ServletHolder(new HealthServlet()), "/health");
    return context;
  }

  private static void serve(ServletContextHandler context, HttpServlet servlet, String path) {
    ServletHolder holder = new ServletHolder(servlet);
    ServletMapping mapping = new ServletMapping();
    mapping.setServletName(holder.getName());
    mapping.setPathSpecs(Stream.of(BASES).map(base -> base + path).toArray(String[]::new));
    context.getServletHandler().addServlet(holder);
    context.getServletHandler().addServletMapping(mapping);
  }
}
