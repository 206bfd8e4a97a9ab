package io.ostiary.tests.sdk;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ostiary.tests.contract.Ask;
import io.ostiary.tests.contract.Installation;
import io.ostiary.tests.contract.PolicyFile;
import io.ostiary.tests.contract.ServerProcess;
import io.ostiary.tests.contract.Wire;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/** The model server with the agent before it, in a JVM of its own. */
record GuardedServer(ServerProcess process) implements AutoCloseable {

  private static final Pattern ANNOUNCEMENT = Pattern.compile("LISTENING (\\d+)");
  private static final ObjectMapper JSON = new ObjectMapper();

  static GuardedServer start() throws IOException {
    String policy = PolicyFile.write(GuardedServer.class, "clients.properties").toString();
    List<String> arguments =
        List.of(
            "-javaagent:" + Installation.builtAgent() + "=" + policy,
            "-Dfile.encoding=US-ASCII",
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            ModelServer.class.getName());
    return new GuardedServer(ServerProcess.start(arguments, ANNOUNCEMENT));
  }

  /** Where calls in a dialect go: its name is the first segment of their paths. */
  String url(String dialect) throws IOException {
    return "http://127.0.0.1:" + process.port() + "/" + dialect;
  }

  /** The calls that came to the server's door with this {@code X-Test}, once there are that many; sooner or later all there are. */
  List<Visit> visits(String test, int expected) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    List<Visit> visits = visits(test);
    // A client may read an answer before the server has logged it.
    while (visits.size() < expected && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
      visits = visits(test);
    }
    return visits;
  }

  private List<Visit> visits(String test) throws IOException {
    try (Wire wire = new Wire(process.port())) {
      byte[] json = wire.send(Ask.get("/visits?test=" + test).bytes()).answerTo("GET").body();
      return JSON.readValue(json, new TypeReference<>() {});
    }
  }

  /** Fills the server with calls in a dialect. */
  Held hold(String dialect) throws IOException {
    return Held.by(this, "/hold/" + dialect);
  }

  /** Lets the model answer what it holds back. */
  void release() throws IOException {
    page("/release");
  }

  /** Waits until the model holds a call back. */
  void awaitHeld() throws IOException {
    page("/held");
  }

  private void page(String path) throws IOException {
    try (Wire wire = new Wire(process.port())) {
      wire.send(Ask.get(path).bytes()).answerTo("GET");
    }
  }

  @Override
  public void close() throws IOException {
    process.close();
  }
}
