package io.ostiary.tests.field;

import io.ostiary.tests.contract.GuardingContract;
import io.ostiary.tests.contract.Installation;
import io.ostiary.tests.contract.ServerProcess;
import java.io.IOException;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/** A server of the field; it runs in a JVM of its own and is started once for all tests. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class StartedServer implements GuardingContract {

  @Parameter private Server kind;
  private ServerProcess process;

  @BeforeParameterizedClassInvocation
  void start() throws IOException {
    process = ServerProcess.start(installation(kind));
  }

  @AfterParameterizedClassInvocation
  void stop() throws IOException {
    process.close();
  }

  /** The server and how it is guarded. */
  abstract Installation installation(Server kind);

  Server kind() {
    return kind;
  }

  @Override
  public ServerProcess server() {
    return process;
  }

  @Override
  public boolean wrapsForSynchronousServlets() {
    return !kind.toString().startsWith("jetty-9.4.21.");
  }

  @Override
  public boolean hearsTheHeadAlone() {
    return kind.hearsTheHeadAlone();
  }
}
