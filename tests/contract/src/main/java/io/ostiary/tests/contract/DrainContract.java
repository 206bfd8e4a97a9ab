package io.ostiary.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** A server that stops: calls that run end, others are answered 503; three calls run at one time and four wait. */
interface DrainContract extends Guarded {

  /** A server with workers that nobody else needs. */
  ServerProcess freshQueueServer() throws IOException;

  boolean seesSockets();

  private static Wire sent(ServerProcess server, int times) throws IOException {
    Wire wire = new Wire(server.port());
    Ask ask = Ask.play("/play/chat", "acme", "data: {}\n\n");
    wire.send(ask.header("X-Times", times).header("X-Pause", 20_000).bytes());
    return wire;
  }

  /** Three calls that run for more than a second. */
  private static List<Wire> running(ServerProcess server) throws IOException {
    List<Wire> running = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Wire wire = sent(server, 60);
      assertThat(wire.hears(5_000)).isTrue();
      running.add(wire);
    }
    return running;
  }

  private static void assertSentAway(Wire wire) throws IOException {
    Answer away = wire.answerTo("POST");
    assertThat(away.status()).as(away.toString()).isEqualTo(503);
    assertThat(Integer.parseInt(away.header("Retry-After"))).isPositive();
    wire.close();
  }

  private static void assertWhole(List<Wire> running) throws IOException {
    for (Wire wire : running) {
      Answer whole = wire.answerTo("POST");
      assertThat(whole.status()).isEqualTo(200);
      assertThat(whole.text()).isEqualTo("data: {}\n\n".repeat(60));
      wire.close();
    }
  }

  @Test
  default void the_end_of_the_server_waits_for_calls_that_run() throws IOException {
    try (ServerProcess server = freshQueueServer()) {
      List<Wire> running = running(server);
      Wire waiting = sent(server, 1);
      assertThat(waiting.hears(100)).isFalse();
      server.exit();
      assertSentAway(waiting);
      assertSentAway(sent(server, 1));
      assertWhole(running);
    }
  }

  /** The server is stopped, and started again in the same JVM, which is the agent's one JVM all the time. */
  @Test
  default void a_server_that_stops_waits_for_calls_that_run_and_starts_anew() throws Exception {
    Assumptions.assumeTrue(seesSockets(), "a filter is told when it is too late");
    try (ServerProcess server = freshQueueServer()) {
      List<Wire> running = running(server);
      Wire waiting = sent(server, 1);
      assertThat(waiting.hears(100)).isFalse();
      CompletableFuture<Void> restart = CompletableFuture.runAsync(() -> restart(server));
      assertSentAway(waiting);
      assertWhole(running);
      restart.get(20, TimeUnit.SECONDS);
      Wire again = sent(server, 1);
      assertThat(again.answerTo("POST").status()).isEqualTo(200);
      again.close();
    }
  }

  private static void restart(ServerProcess server) {
    try {
      server.restart();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
