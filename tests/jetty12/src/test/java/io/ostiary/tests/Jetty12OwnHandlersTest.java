package io.ostiary.tests;

import io.ostiary.tests.contract.Installation;
import io.ostiary.tests.contract.OwnHandlers;
import io.ostiary.tests.contract.ServerProcess;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Pitfall 7: a handler of the app's own around its servlets, which answers by itself. */
class Jetty12OwnHandlersTest implements OwnHandlers {

  private static final String MAIN = "io.ostiary.tests.app.Jetty12HandlerServer";

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
