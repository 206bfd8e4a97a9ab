package io.ostiary.tests.field;

import io.ostiary.tests.contract.OwnHandlers;
import io.ostiary.tests.contract.ServerProcess;
import java.io.IOException;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Pitfall 7: handlers without servlets on Jetty 10 and 11, and in contexts of Jetty 12 that nest the old code. */
@ParameterizedClass
@MethodSource("io.ostiary.tests.field.Server#own")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OwnHandlersTest implements OwnHandlers {

  @Parameter private Server kind;

  private ServerProcess server;
  private ServerProcess unguarded;

  @BeforeParameterizedClassInvocation
  void start() throws IOException {
    server = OwnHandlers.start(kind.withAgent());
    unguarded = OwnHandlers.start(kind.withoutGuard());
  }

  @AfterParameterizedClassInvocation
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

  @Override
  public boolean writesPagesForHandlers() {
    return !kind.toString().startsWith("jetty-9.4.20");
  }
}
