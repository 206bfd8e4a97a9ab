package io.ostiary.tests.reload;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ref.WeakReference;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;

/**
 * Deploys an app, calls it and takes it away, again and again on one Tomcat; then tells of how many deployments the class loader
 * is gone.
 */
public final class Redeploying {

  private Redeploying() {}

  /**
   * Prints {@code STATUSES} with the different statuses of the calls, and {@code KEPT} with the number of class loaders that are
   * still there.
   *
   * @param args the unpacked WAR, the number of deployments, and the key to call with
   */
  public static void main(String[] args) throws Exception {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(Files.createTempDirectory("tomcat").toString());
    Connector connector = new Connector();
    connector.setPort(0);
    tomcat.setConnector(connector);
    tomcat.getHost();
    tomcat.start();
    List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < Integer.parseInt(args[1]); i++) {
      Context context = app(args[0]);
      tomcat.getHost().addChild(context);
      loaders.add(new WeakReference<>(context.getLoader().getClassLoader()));
      statuses.add(call(connector.getLocalPort(), null));
      statuses.add(call(connector.getLocalPort(), args[2]));
      tomcat.getHost().removeChild(context);
    }
    System.out.println("STATUSES " + statuses.stream().distinct().sorted().toList());
    System.out.println("KEPT " + kept(loaders));
    System.exit(0);
  }

  private static Context app(String war) {
    Context context = new StandardContext();
    context.setName("/app");
    context.setPath("/app");
    context.setDocBase(war);
    context.addLifecycleListener(new Tomcat.FixContextListener());
    context.addApplicationListener("io.ostiary.tests.app.Deployed");
    return context;
  }

  private static int call(int port, String key) throws IOException {
    URI uri = URI.create("http://localhost:" + port + "/app/v1/chat/completions");
    HttpURLConnection call = (HttpURLConnection) uri.toURL().openConnection();
    call.setDoOutput(true);
    call.setRequestProperty("Content-Type", "application/json");
    if (key != null) {
      call.setRequestProperty("Authorization", "Bearer " + key);
    }
    try (OutputStream out = call.getOutputStream()) {
      out.write("{\"model\":\"qwen-max\"}".getBytes(StandardCharsets.UTF_8));
    }
    int status = call.getResponseCode();
    call.disconnect();
    return status;
  }

  /** Collects until nothing is left to be collected. */
  private static long kept(List<WeakReference<ClassLoader>> loaders) throws InterruptedException {
    long kept = loaders.size();
    for (int round = 0; round < 20 && kept > 0; round++) {
      System.gc();
      Thread.sleep(50);
      kept = loaders.stream().filter(each -> each.get() != null).count();
    }
    return kept;
  }
}
