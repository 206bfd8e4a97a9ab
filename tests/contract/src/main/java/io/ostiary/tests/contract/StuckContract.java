package io.ostiary.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Q2: clients that stay and do nothing any more, whose time is over at one second; three calls run at one time and four wait. */
interface StuckContract extends GoneContract {

  /** The route's second, the guard's patience, and a loaded machine. The servers' own limits begin at twenty seconds. */
  long MOST_MILLIS = 3_500;

  /** Of it, more than the buffers between an app and a client that does not read can take. */
  String FLOOD = "data: " + "x".repeat(4_000) + "\n\n";

  /** As many calls as there are workers, each of which has begun: of a name of its own, since one alone is counted often. */
  private List<Wire> begun(String test, UnaryOperator<Ask> more, Function<Ask, byte[]> bytes)
      throws IOException {
    List<Wire> begun = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Ask ask = more.apply(Ask.play("/play/stop/chat", "other", FLOOD).header("X-Test", test + i));
      begun.add(wireToQueue().send(bytes.apply(ask)));
    }
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    for (int i = 0; i < 3; i++) {
      while (countedSoFar(test + i).equals("0")) {
        assertThat(System.nanoTime() - end).as("until all have begun").isNegative();
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
      }
    }
    return begun;
  }

  private String countedSoFar(String test) throws IOException {
    try (Wire wire = wireToQueue()) {
      return wire.send(Ask.get("/open/hits?test=" + test).bytes()).answer().text();
    }
  }

  /** How long it takes until three calls run at one time, which say so before they answer. */
  private long millisUntilWorkersAreFree() throws IOException {
    long start = System.nanoTime();
    List<Wire> wires = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Ask ask = Ask.play("/play/chat", "acme", "data: {}\n\n").header("X-Head-First", "yes");
      wires.add(wireToQueue());
      wires.get(i).send(ask.header("X-Times", 1_000).header("X-Pause", 20_000).bytes());
    }
    for (Wire wire : wires) {
      assertThat(wire.head().status()).isEqualTo(200);
    }
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    for (Wire wire : wires) {
      wire.breakOff();
    }
    return millis;
  }

  /** Q2, R11: who takes nothing of an answer that has begun. */
  @ParameterizedTest
  @ValueSource(strings = {"stream", "writer", "thread", "thread-writer", "listener"})
  default void a_client_that_reads_nothing_keeps_no_worker_past_its_time(String way)
      throws IOException {
    Assumptions.assumeTrue(seesSockets(), "a filter cannot cut a line");
    List<Wire> stuck =
        begun(
            "unread-" + way + "-",
            ask -> ask.header("X-Via", way).header("X-Times", 8_000),
            Ask::bytes);
    assertThat(millisUntilWorkersAreFree()).isLessThan(MOST_MILLIS);
    for (Wire wire : stuck) {
      wire.close();
    }
    assertThat(queueServer().output()).doesNotContain("LAST MOMENT");
  }

  /** Q2: who falls silent in a body that the guard reads. */
  @Test
  default void a_sender_that_falls_silent_is_answered_when_its_time_is_over() throws IOException {
    Assumptions.assumeTrue(seesSockets(), "a filter cannot cut a line");
    Ask ask =
        Ask.of("POST", "/dashscope/x").key("other").header("Content-Type", "application/json");
    String head = ask.headDeclaring(1_000);
    queueServer();
    long start = System.nanoTime();
    try (Wire wire = wireToQueue()) {
      wire.send(head).send("{\"model\":");
      Answer late = wire.answerTo("POST");
      assertThat(late.status()).isEqualTo(408);
      assertThat(late.text()).contains("RequestTimeOut");
      assertThat(late.closes()).isTrue();
      assertThat(wire.isClosedByServer()).isTrue();
    }
    assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start))
        .isBetween(950L, MOST_MILLIS);
  }

  /** Q2: the same in a body that the app reads. */
  @Test
  default void a_sender_that_falls_silent_keeps_no_worker_past_its_time() throws IOException {
    Assumptions.assumeTrue(seesSockets(), "a filter cannot cut a line");
    // Jetty 9.4 calls nobody before the first byte of a body.
    List<Wire> stuck =
        begun(
            "unsent-",
            ask -> ask.header("X-Reads", "yes"),
            ask -> (ask.headDeclaring(1_000) + "{").getBytes(StandardCharsets.ISO_8859_1));
    assertThat(millisUntilWorkersAreFree()).isLessThan(MOST_MILLIS);
    for (Wire wire : stuck) {
      Answer late = wire.answerTo("POST");
      assertThat(late.status()).isEqualTo(504);
      assertThat(late.text()).contains("ModelArts.81110");
      assertThat(wire.isClosedByServer()).isTrue();
      wire.close();
    }
  }

  /** Never half an answer that looks whole, though no thread of the server's is in the app. */
  @ParameterizedTest
  @ValueSource(strings = {"thread", "listener"})
  default void an_asynchronous_answer_that_is_no_stream_is_cut(String way) throws IOException {
    Assumptions.assumeTrue(seesSockets(), "a filter can but complete it");
    Ask ask = Ask.play("/play/stop/chat", "other", "{\"a\":1").header("X-Via", way);
    ask.header("X-Type", "application/json").header("X-Times", 40).header("X-Pause", 100_000);
    queueServer();
    try (Wire wire = wireToQueue()) {
      assertThat(wire.send(ask.bytes()).head().status()).isEqualTo(200);
      assertThatThrownBy(
              () -> {
                while (wire.chunk().length > 0) {
                  // On to where it is cut.
                }
              })
          .isInstanceOfAny(IOException.class, NumberFormatException.class);
    }
  }
}
