package io.ostiary.tests.contract;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** {@link OwnHandlers} for a server of the tests' own class path: with the agent, and without. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class OwnHandlersContract implements OwnHandlers {

  private final String mainClass;
  private final String[] options;

  private ServerProcess server;
  private ServerProcess unguarded;

  /**
   * The contract for one server.
   *
   * @param options of its JVM
   */
  protected OwnHandlersContract(String mainClass, String... options) {
    this.mainClass = mainClass;
    this.options = options;
  }

  @BeforeAll
  void start() throws IOException {
    server = OwnHandlers.start(Installation.ofAgent(mainClass), options);
    unguarded = OwnHandlers.start(Installation.ofNothing(mainClass), options);
  }

  @AfterAll
  void stop() throws IOException {
    server.close();
    unguarded.close();
  }

  @Override
  public ServerProcess server() {
    return server;
  }

  @Override
  public ServerProcess unguarded() {
    return unguarded;
  }
}
