package io.ostiary.tests.field;

import static org.assertj.core.api.Assertions.assertThat;

import io.ostiary.tests.contract.Keys;
import io.ostiary.tests.contract.ServerProcess;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** servlet-pitfalls 51: a WebSocket needs a key like any other call, and with one its frames pass as they are. */
class WebSocketTest {

  private static final Echoed WHOLE = new Echoed(101, Echoed.TEXT, Echoed.BYTES, "p");

  /** Whatever a key's limits would have metered of an answer. */
  private static final String KEYED =
      """
      route.sockets.paths = /openai/*, /examples/websocket/*
      route.sockets.dialect = openai
      route.sockets.timeout = 10m
      key.acme.sha256 = %s
      key.acme.limits = tpm 1000M, concurrent 1
      """
          .formatted(Keys.digestOf("acme"));

  @Test
  void a_socket_on_jetty_opens_itself_for_a_key() throws IOException {
    Server jetty = Server.webSockets().get(0);
    try (ServerProcess server = jetty.start(ThreeWays.agent(KEYED))) {
      for (String path : new String[] {"/openai/standard", "/openai/native"}) {
        assertOpensForAKey(server, path);
      }
    }
  }

  @Test
  void a_socket_on_tomcat_opens_itself_for_a_key() throws IOException {
    try (ServerProcess server =
        Distribution.startExamples("tomcat-10.1.59", ThreeWays.agent(KEYED))) {
      for (String example : new String[] {"echoProgrammatic", "echoStreamAnnotation"}) {
        assertOpensForAKey(server, "/examples/websocket/" + example);
      }
    }
  }

  private static void assertOpensForAKey(ServerProcess server, String path) throws IOException {
    assertThat(Echoed.of(server.port(), path, null).status()).isEqualTo(401);
    assertThat(Echoed.of(server.port(), path, "wrong").status()).isEqualTo(401);
    assertThat(Echoed.of(server.port(), path, Keys.secretOf("acme"))).isEqualTo(WHOLE);
    assertThat(server.output()).doesNotContain("ostiary: ERROR");
  }
}
