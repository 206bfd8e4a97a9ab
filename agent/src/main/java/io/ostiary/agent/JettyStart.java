package io.ostiary.agent;

import io.ostiary.agent.hook.Environment;
import java.util.Optional;

/**
 * Jetty's {@code start.jar} in this JVM, if it is there: with {@code --exec} or {@code --jpms} it runs the server in a JVM of its own,
 * which no option of this one reaches but those of the environment. Used by one thread.
 */
final class JettyStart {

  private static final String MAIN = "org.eclipse.jetty.start.Main";

  private boolean present;
  private boolean told;

  /** A class is loaded. */
  void meet(Class<?> loaded) {
    present = present || loaded.getName().equals(MAIN);
  }

  /** What is to be said, once, of a server that runs elsewhere unguarded. */
  Optional<String> warning() {
    if (!present || told || Environment.bringsAgent()) {
      return Optional.empty();
    }
    Optional<ProcessHandle> server = ProcessHandle.current().children().findFirst();
    told = server.isPresent();
    return server.map(
        process ->
            "THE SERVER IS NOT GUARDED: Jetty's start.jar runs it in a JVM of its own, process "
                + process.pid()
                + ", which this option does not reach; set JAVA_TOOL_OPTIONS=-javaagent:… in the environment instead");
  }

  /** Whether all has been said that is to be said of a JVM without a server. */
  boolean explainsItsAbsence() {
    return told || (present && Environment.bringsAgent());
  }
}
