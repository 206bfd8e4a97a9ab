package io.ostiary.tests.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.rewrite.RewriteValve;

/** The app on an embedded Tomcat. */
public final class TomcatServer {

  private TomcatServer() {}

  /**
   * Serves until standard input ends.
   *
   * @param args the policy file, and the number of guard filters
   */
  public static void main(String[] args) throws Exception {
    String base = Files.createTempDirectory("tomcat").toString();
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(base);
    Connector connector = new Connector();
    connector.setPort(0);
    connector.setMaxPostSize(8 << 20);
    tomcat.setConnector(connector);
    Context context = tomcat.addContext("", base);
    context.addServletContainerInitializer(
        (classes, servletContext) ->
            App.install(servletContext, Path.of(args[0]), Integer.parseInt(args[1])),
        Set.of());
    tomcat.getHost().getPipeline().addValve(new Rewriting());
    tomcat.start();
    Serving.announce(connector.getLocalPort());
    Serving.untilInputEnds();
    System.exit(0);
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
