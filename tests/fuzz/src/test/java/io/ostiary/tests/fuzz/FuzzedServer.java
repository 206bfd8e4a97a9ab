package io.ostiary.tests.fuzz;

import io.ostiary.tests.contract.Installation;
import io.ostiary.tests.contract.PolicyFile;
import io.ostiary.tests.contract.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A server that is asked, in a JVM of its own: the guard takes every system property {@code ostiary.…} for a setting.
 *
 * @param name for failures
 */
record FuzzedServer(String name, ServerProcess process) implements AutoCloseable {

  private static final Pattern ANNOUNCEMENT = Pattern.compile("LISTENING (\\d+)");

  /** What is asked, and who guards it. */
  enum Kind {
    TOMCAT_BY_FILTER(TomcatServer.class, false),
    TOMCAT_BY_AGENT(TomcatServer.class, true),
    JETTY_BY_FILTER(JettyServer.class, false),
    JETTY_BY_AGENT(JettyServer.class, true);

    private final Class<?> main;
    private final boolean byAgent;

    Kind(Class<?> main, boolean byAgent) {
      this.main = main;
      this.byAgent = byAgent;
    }

    FuzzedServer start() throws IOException {
      Path policy = PolicyFile.write(FuzzedServer.class, "fuzz.properties");
      List<String> arguments =
          new ArrayList<>(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-Dfile.encoding=UTF-8"));
      if (byAgent) {
        arguments.add("-javaagent:" + Installation.builtAgent() + "=" + policy);
      }
      arguments.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
      arguments.addAll(List.of(policy.toString(), Boolean.toString(!byAgent)));
      return new FuzzedServer(name(), ServerProcess.start(arguments, ANNOUNCEMENT));
    }
  }

  /** Serves until the test's end of the pipe closes, which it does however the test ends. */
  static void serve(int port) throws IOException {
    System.out.println("LISTENING " + port);
    while (System.in.read() >= 0) {
      // Nothing is said on it.
    }
    System.exit(0);
  }

  int port() throws IOException {
    return process.port();
  }

  @Override
  public void close() throws IOException {
    process.close();
  }
}
