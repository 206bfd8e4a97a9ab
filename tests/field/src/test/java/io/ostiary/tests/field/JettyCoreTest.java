package io.ostiary.tests.field;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Pitfall 8: handlers of Jetty 12's core are guarded as servlets are, be they ones that block or not. */
@ParameterizedClass(name = "{0}, blocks: {1}")
@MethodSource("servers")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JettyCoreTest implements CoreCalls, CoreAnswers {

  @Parameter(0)
  private Server kind;

  @Parameter(1)
  private boolean blocks;

  private CoreServer server;

  /** All with handlers that block, and the newest with others. */
  static Stream<Arguments> servers() {
    List<Server> kinds = Server.core();
    return Stream.concat(
        kinds.stream().map(kind -> Arguments.of(kind, true)),
        kinds.stream().skip(Math.max(0, kinds.size() - 1)).map(kind -> Arguments.of(kind, false)));
  }

  @BeforeParameterizedClassInvocation
  void start() throws IOException {
    server = CoreServer.start(kind, blocks);
  }

  @AfterParameterizedClassInvocation
  void stop() throws IOException {
    server.close();
  }

  @Override
  public CoreServer server() {
    return server;
  }

  @Override
  public boolean blocks() {
    return blocks;
  }
}
