package io.ostiary.tests.fuzz;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;

/** The app on a Tomcat 10.1 that lets everything through that it can be told to. */
public final class TomcatServer {

  private TomcatServer() {}

  /**
   * Serves until standard input ends.
   *
   * @param args the policy file, and whether the guard is the app's filter
   */
  public static void main(String[] args) throws Exception {
    FuzzedServer.serve(start(Path.of(args[0]), Boolean.parseBoolean(args[1])));
  }

  private static int start(Path policy, boolean filtered) throws Exception {
    String base = Files.createTempDirectory("tomcat").toString();
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(base);
    Connector connector = new Connector();
    connector.setPort(0);
    connector.setProperty("relaxedPathChars", "\"<>[\\]^`{|}");
    connector.setProperty("relaxedQueryChars", "\"<>[\\]^`{|}");
    connector.setProperty("allowBackslash", "true");
    connector.setProperty("maxKeepAliveRequests", "-1");
    connector.setProperty("keepAliveTimeout", "60000");
    connector.setEncodedSolidusHandling(EncodedSolidusHandling.DECODE.getValue());
    tomcat.setConnector(connector);
    for (String path : new String[] {"", "/ctx"}) {
      Context context = tomcat.addContext(path, base);
      context.addWelcomeFile("run.predict");
      context.addServletContainerInitializer(
          (classes, servlets) -> App.install(servlets, policy, filtered), Set.of());
    }
    tomcat.start();
    return connector.getLocalPort();
  }
}
