package io.ostiary.tests.app;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.nio.file.Path;
import org.eclipse.jetty.ee10.security.ConstraintSecurityHandler;
import org.eclipse.jetty.ee10.security.SecurityHandler;
import org.eclipse.jetty.ee10.security.authentication.BasicAuthenticator;
import org.eclipse.jetty.ee10.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.security.HashLoginService;
import org.eclipse.jetty.security.UserStore;
import org.eclipse.jetty.server.ForwardedRequestCustomizer;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.gzip.GzipHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.security.Password;

/** The app on an embedded Jetty 12, in an environment that nests the servlet code of Jetty 11. */
public final class Jetty12NestedServer {

  private Jetty12NestedServer() {}

  /**
   * Serves until standard input ends.
   *
   * @param args the policy file, and the number of guard filters
   */
  public static void main(String[] args) throws Exception {
    Serving.untilInputEnds(() -> started(Path.of(args[0]), Integer.parseInt(args[1])));
  }

  private static Serving.Running started(Path policy, int filters) throws Exception {
    Server server = new Server(0);
    ServletContextHandler context =
        new ServletContextHandler(null, "/", ServletContextHandler.SESSIONS);
    context.setSecurityHandler(users());
    context.setMaxFormContentSize(8 << 20);
    context.addEventListener(
        new ServletContextListener() {
          @Override
          public void contextInitialized(ServletContextEvent event) {
            App.install(event.getServletContext(), policy, filters);
          }

          @Override
          public void contextDestroyed(ServletContextEvent event) {}
        });
    ErrorPageErrorHandler pages = new ErrorPageErrorHandler();
    pages.addErrorPage(502, "/play/error-page");
    pages.addErrorPage(ModelFailure.class, "/play/error-page");
    context.setErrorHandler(pages);
    server.setHandler(zipping(new Rewriting(context.get())));
    if (Serving.readdresses()) {
      server
          .getConnectors()[0]
          .getConnectionFactory(HttpConnectionFactory.class)
          .getHttpConfiguration()
          .addCustomizer(new ForwardedRequestCustomizer());
    }
    server.start();
    return new Started(server);
  }

  /** The old handler, which apps go on using. */
  @SuppressWarnings({"deprecation", "removal"})
  private static Handler zipping(Handler handler) {
    GzipHandler zipping = new GzipHandler();
    zipping.addIncludedMethods("POST");
    zipping.setHandler(handler);
    return zipping;
  }

  /** One user, for apps that let their callers log in. */
  private static SecurityHandler users() {
    UserStore users = new UserStore();
    users.addUser("ann", new Password("secret"), new String[] {"reader"});
    HashLoginService login = new HashLoginService("app");
    login.setUserStore(users);
    ConstraintSecurityHandler security = new ConstraintSecurityHandler();
    security.setAuthenticator(new BasicAuthenticator());
    security.setLoginService(login);
    return security;
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

  /** A server that knows a path by another name too. */
  private static final class Rewriting extends Handler.Wrapper {

    Rewriting(Handler handler) {
      super(handler);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      HttpURI uri = request.getHttpURI();
      String path = uri.getCanonicalPath();
      if (path == null || !path.startsWith("/rewritten/")) {
        return super.handle(request, response, callback);
      }
      HttpURI other = HttpURI.build(uri).path(path.replace("/rewritten/", "/v1/")).asImmutable();
      return super.handle(new Renamed(request, other), response, callback);
    }
  }

  /** Jetty 12.0.0 has no {@code serveAs} yet. */
  private static final class Renamed extends Request.Wrapper {

    private final HttpURI uri;

    Renamed(Request request, HttpURI uri) {
      super(request);
      this.uri = uri;
    }

    @Override
    public HttpURI getHttpURI() {
      return uri;
    }
  }
}
