package io.ostiary.tests.mlflow;

import io.ostiary.tests.contract.Answer;
import io.ostiary.tests.contract.Ask;
import io.ostiary.tests.contract.Installation;
import io.ostiary.tests.contract.PolicyFile;
import io.ostiary.tests.contract.ServerProcess;
import io.ostiary.tests.contract.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * MLflow's scoring server twice, with one model: as it is, and with the agent before it. Both run with the most forgetful default
 * charset; that the policy is read and labels are written as UTF-8 must not depend on it.
 */
record ScoringServers(ServerProcess unguarded, ServerProcess guarded) implements AutoCloseable {

  private static final String MAIN = "org.mlflow.sagemaker.ScoringServer";
  private static final Pattern ANNOUNCEMENT =
      Pattern.compile("Started ServerConnector@.*\\{0\\.0\\.0\\.0:(\\d+)}");

  /** Starts both, the one guarded by a policy that stands beside this class. They listen on any free ports. */
  static ScoringServers start(Path model, String policy) throws IOException {
    Path file = PolicyFile.write(ScoringServers.class, policy);
    String agent = "-javaagent:" + Installation.builtAgent() + "=" + file;
    return new ScoringServers(start(model, List.of()), start(model, List.of(agent)));
  }

  private static ServerProcess start(Path model, List<String> options) throws IOException {
    List<String> arguments = new ArrayList<>(options);
    arguments.addAll(List.of("-Dfile.encoding=US-ASCII", "-Xmx256m", "-XX:TieredStopAtLevel=1"));
    String classPath = Files.readString(Path.of(System.getProperty("mlflow.classpath")));
    arguments.addAll(List.of("-cp", classPath.strip(), MAIN, model.toString(), "0"));
    return ServerProcess.start(arguments, ANNOUNCEMENT);
  }

  Answer askUnguarded(Ask ask) throws IOException {
    return ask(unguarded, ask);
  }

  Answer askGuarded(Ask ask) throws IOException {
    return ask(guarded, ask);
  }

  private static Answer ask(ServerProcess server, Ask ask) throws IOException {
    try (Wire wire = new Wire(server.port())) {
      return wire.send(ask.bytes()).answerTo(ask.method());
    }
  }

  /** The lines of an answer's head, but for its date and the id that the guard has given it. */
  static List<String> headOf(Answer answer) {
    return answer.head().stream()
        .filter(line -> !line.startsWith("Date: ") && !line.startsWith("x-request-id: "))
        .toList();
  }

  @Override
  public void close() throws IOException {
    try (unguarded;
        guarded) {
      return;
    }
  }
}
