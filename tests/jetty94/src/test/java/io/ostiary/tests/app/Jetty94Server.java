package io.ostiary.tests.app;

import java.io.IOException;
import java.nio.file.Path;
import javax.servlet.ServletContextEvent;
import javax.servlet.ServletContextListener;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.eclipse.jetty.security.ConstraintSecurityHandler;
import org.eclipse.jetty.security.HashLoginService;
import org.eclipse.jetty.security.SecurityHandler;
import org.eclipse.jetty.security.UserStore;
import org.eclipse.jetty.security.authentication.BasicAuthenticator;
import org.eclipse.jetty.server.ForwardedRequestCustomizer;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.eclipse.jetty.server.handler.HandlerWrapper;
import org.eclipse.jetty.server.handler.gzip.GzipHandler;
import org.eclipse.jetty.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.servlet.ServletContextHandler;
import org.eclipse.jetty.util.security.Password;

/** The app on an embedded Jetty 9.4. */
public final class Jetty94Server {

  private Jetty94Server() {}

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
    HandlerWrapper rewriting = Serving.rewrites() ? new Rewriting() : new HandlerWrapper();
    ServletContextHandler parked = new ServletContextHandler(null, "/parked");
    rewriting.setHandler(new ContextHandlerCollection(context, parked));
    GzipHandler zipping = new GzipHandler();
    zipping.addIncludedMethods("POST");
    zipping.setHandler(rewriting);
    server.setHandler(zipping);
    if (Serving.readdresses()) {
      server
          .getConnectors()[0]
          .getConnectionFactory(HttpConnectionFactory.class)
          .getHttpConfiguration()
          .addCustomizer(new ForwardedRequestCustomizer());
    }
    if (AccessLog.isKept()) {
      server.setRequestLog(
          (request, response) ->
              AccessLog.add(
                  response.getCommittedMetaData().getStatus(),
                  request.getOriginalURI(),
                  request.getHeader("X-Test")));
    }
    server.start();
    parked.setAvailable(false);
    return new Started(server);
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
  private static final class Rewriting extends HandlerWrapper {

    @Override
    public void handle(
        String target, Request base, HttpServletRequest request, HttpServletResponse response)
        throws IOException, ServletException {
      String other = target.replaceFirst("^/rewritten/", "/v1/");
      if (!other.equals(target)) {
        base.setURIPathQuery(other);
        base.setPathInfo(other);
      }
      super.handle(other, base, request, response);
    }
  }
}
