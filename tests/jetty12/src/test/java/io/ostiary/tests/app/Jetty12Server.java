package io.ostiary.tests.app;

import java.nio.file.Path;
import org.eclipse.jetty.ee10.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.security.ConstraintSecurityHandler;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.security.HashLoginService;
import org.eclipse.jetty.security.SecurityHandler;
import org.eclipse.jetty.security.UserStore;
import org.eclipse.jetty.security.authentication.BasicAuthenticator;
import org.eclipse.jetty.server.ForwardedRequestCustomizer;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.eclipse.jetty.server.handler.gzip.GzipHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.security.Password;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The app on an embedded Jetty 12. */
public final class Jetty12Server {

  private Jetty12Server() {}

  /**
   * Serves until standard input ends.
   *
   * @param args the policy file, and the number of guard filters
   */
  public static void main(String[] args) throws Exception {
    Serving.untilInputEnds(() -> started(Path.of(args[0]), Integer.parseInt(args[1])));
  }

  private static Serving.Running started(Path policy, int filters) throws Exception {
    QueuedThreadPool pool =
        Serving.threads() == 0 ? new QueuedThreadPool() : new QueuedThreadPool(Serving.threads());
    Serving.virtualThreads().ifPresent(pool::setVirtualThreadsExecutor);
    Server server = new Server(pool);
    for (int i = 0; i < Serving.connectors(); i++) {
      server.addConnector(new ServerConnector(server, tls()));
    }
    ServletContextHandler context = new ServletContextHandler("/", true, false);
    context.setSecurityHandler(users());
    context.setMaxFormContentSize(8 << 20);
    context.addServletContainerInitializer(
        (classes, servletContext) -> App.install(servletContext, policy, filters));
    ErrorPageErrorHandler pages = new ErrorPageErrorHandler();
    pages.addErrorPage(502, "/play/error-page");
    pages.addErrorPage(ModelFailure.class, "/play/error-page");
    context.setErrorHandler(pages);
    ServerConnector connector = (ServerConnector) server.getConnectors()[0];
    HttpConfiguration configuration =
        connector.getConnectionFactory(HttpConnectionFactory.class).getHttpConfiguration();
    connector.addConnectionFactory(new HTTP2CServerConnectionFactory(configuration));
    ServletContextHandler parked = new ServletContextHandler("/parked");
    Handler contexts = new ContextHandlerCollection(context, parked);
    server.setHandler(zipping(Serving.rewrites() ? new Rewriting(contexts) : contexts));
    if (Serving.readdresses()) {
      configuration.addCustomizer(new ForwardedRequestCustomizer());
    }
    if (AccessLog.isKept()) {
      server.setRequestLog(
          (request, response) ->
              AccessLog.add(
                  response.getStatus(),
                  request.getHttpURI().getPathQuery(),
                  request.getHeaders().get("X-Test")));
    }
    server.start();
    parked.setAvailable(false);
    return new Started(server);
  }

  private static SslContextFactory.Server tls() {
    if (Serving.keystore() == null) {
      return null;
    }
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setKeyStorePath(Serving.keystore());
    tls.setKeyStorePassword("of the tests");
    tls.setSniRequired(false);
    return tls;
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
      // The one that is stopped last.
      return ((ServerConnector) server.getConnectors()[Serving.connectors() - 1]).getLocalPort();
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
