package io.ostiary.tests;

import io.ostiary.tests.contract.Installation;
import io.ostiary.tests.contract.OwnHandlers;
import io.ostiary.tests.contract.ServerProcess;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Pitfall 7: handlers of Jetty 9.4 that are no servlets. */
class Jetty94OwnHandlersTest implements OwnHandlers {

  private static final String MAIN = "io.ostiary.tests.app.Jetty94HandlerServer";

  private static ServerProcess server;
  private static ServerProcess unguarded;

  @BeforeAll
  static void start() throws IOException {
    server = OwnHandlers.start(Installation.ofAgent(MAIN));
    unguarded = OwnHandlers.start(Installation.ofNothing(MAIN));
  }

  @AfterAll
  static void stop() throws IOException {
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
