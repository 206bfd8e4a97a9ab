package io.ostiary.tests.app;

import java.io.CharArrayWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.filters.RemoteIpFilter;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.AbstractAccessLogValve;
import org.apache.catalina.valves.RemoteIpValve;
import org.apache.catalina.valves.rewrite.RewriteValve;
import org.apache.coyote.AbstractProtocol;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;

/** The app on an embedded Tomcat. */
public final class TomcatServer {

  private TomcatServer() {}

  /**
   * Serves until standard input ends.
   *
   * @param args the policy file, and the number of guard filters
   */
  public static void main(String[] args) throws Exception {
    Serving.untilInputEnds(() -> started(Path.of(args[0]), Integer.parseInt(args[1])));
  }

  private static Serving.Running started(Path policy, int filters) throws Exception {
    String base = Files.createTempDirectory("tomcat").toString();
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(base);
    Connector connector = new Connector();
    connector.setPort(0);
    connector.setMaxPostSize(8 << 20);
    connector.setProperty("compression", "on");
    connector.setProperty("compressibleMimeType", "application/json,text/event-stream");
    connector.addUpgradeProtocol(new Http2Protocol());
    AbstractProtocol<?> protocol = (AbstractProtocol<?>) connector.getProtocolHandler();
    Serving.virtualThreads().ifPresent(protocol::setExecutor);
    if (Serving.threads() > 0) {
      connector.setProperty("maxThreads", Integer.toString(Serving.threads()));
      connector.setProperty("minSpareThreads", "1");
    }
    if (Serving.keystore() != null) {
      speakTls(connector);
    }
    tomcat.setConnector(connector);
    Context context = tomcat.addContext("", base);
    tomcat.addUser("ann", "secret");
    tomcat.addRole("ann", "reader");
    if (Serving.filtersAddresses()) {
      filter(context);
    }
    context.addServletContainerInitializer(
        (classes, servletContext) -> App.install(servletContext, policy, filters), Set.of());
    for (ErrorPage page : errorPages()) {
      context.addErrorPage(page);
    }
    tomcat.getHost().getPipeline().addValve(new Rewriting());
    if (Serving.readdresses()) {
      tomcat.getEngine().getPipeline().addValve(new RemoteIpValve());
    }
    if (Serving.logsAccess()) {
      AccessLog log = new AccessLog();
      // Old releases fail without any.
      log.setPattern("common");
      tomcat.getEngine().getPipeline().addValve(log);
    }
    Context parked = tomcat.addContext("/parked", base);
    tomcat.start();
    try {
      parked.stop();
    } catch (LifecycleException unclean) {
      // Old releases fail on Java 17 when they look for what a context has left behind; stopped it
      // is.
    }
    return new Started(tomcat, connector.getLocalPort());
  }

  private static void speakTls(Connector connector) {
    connector.setSecure(true);
    connector.setScheme("https");
    connector.setProperty("SSLEnabled", "true");
    SSLHostConfig host = new SSLHostConfig();
    SSLHostConfigCertificate certificate =
        new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.EC);
    certificate.setCertificateKeystoreFile(Serving.keystore());
    certificate.setCertificateKeystorePassword("of the tests");
    host.addCertificate(certificate);
    connector.addSslHostConfig(host);
  }

  /** Tomcat's own, before all that the app has. */
  private static void filter(Context context) {
    FilterDef filter = new FilterDef();
    filter.setFilterName("remote-ip");
    filter.setFilter(new RemoteIpFilter());
    filter.setAsyncSupported("true");
    context.addFilterDef(filter);
    FilterMap map = new FilterMap();
    map.setFilterName("remote-ip");
    map.addURLPattern("/*");
    context.addFilterMap(map);
  }

  private record Started(Tomcat tomcat, int port) implements Serving.Running {

    @Override
    public void stop() throws LifecycleException {
      tomcat.stop();
    }
  }

  private static ErrorPage[] errorPages() {
    ErrorPage byStatus = new ErrorPage();
    byStatus.setErrorCode(502);
    ErrorPage byType = new ErrorPage();
    byType.setExceptionType(ModelFailure.class.getName());
    byStatus.setLocation("/play/error-page");
    byType.setLocation("/play/error-page");
    return new ErrorPage[] {byStatus, byType};
  }

  /** The server's own log, where the test reads it. */
  private static final class AccessLog extends AbstractAccessLogValve {

    @Override
    public void log(Request request, Response response, long time) {
      String query = request.getQueryString() == null ? "" : "?" + request.getQueryString();
      String test = request.getHeader("X-Test") == null ? "-" : request.getHeader("X-Test");
      System.out.println(
          "access: " + response.getStatus() + " " + request.getRequestURI() + query + " " + test);
    }

    @Override
    protected void log(CharArrayWriter message) {}
  }

  /** A server that knows a path by another name too. */
  private static final class Rewriting extends RewriteValve {

    @Override
    protected void startInternal() throws LifecycleException {
      super.startInternal();
      try {
        setConfiguration("RewriteRule ^/rewritten/(.*)$ /v1/$1");
      } catch (Exception e) {
        throw new LifecycleException(e);
      }
    }
  }
}
