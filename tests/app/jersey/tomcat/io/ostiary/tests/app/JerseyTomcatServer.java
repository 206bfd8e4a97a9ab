package io.ostiary.tests.app;

import java.nio.file.Files;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.servlet.ServletContainer;

/** Jersey on an embedded Tomcat. */
public final class JerseyTomcatServer {

  private JerseyTomcatServer() {}

  /** Serves until standard input ends. */
  public static void main(String[] args) throws Exception {
    Serving.untilInputEnds(JerseyTomcatServer::started);
  }

  private static Serving.Running started() throws Exception {
    String base = Files.createTempDirectory("tomcat").toString();
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(base);
    Connector connector = new Connector();
    connector.setPort(0);
    tomcat.setConnector(connector);
    Context context = tomcat.addContext("", base);
    Wrapper jersey =
        Tomcat.addServlet(
            context, "jersey", new ServletContainer(new ResourceConfig(Models.class)));
    jersey.setAsyncSupported(true);
    context.addServletMappingDecoded("/*", "jersey");
    tomcat.start();
    return new Started(tomcat, connector.getLocalPort());
  }

  private record Started(Tomcat tomcat, int port) implements Serving.Running {

    @Override
    public void stop() throws LifecycleException {
      tomcat.stop();
    }
  }
}
