package io.ostiary.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Q3: clients that go where nobody writes to them; three calls run at one time and four wait. */
interface GoneContract extends Guarded {

  String EVENT = "data: {}\n\n";

  ServerProcess queueServer() throws IOException;

  /** Whether the guard sees the sockets; a filter does not. */
  boolean seesSockets();

  /** A connection to it. */
  default Wire wireToQueue() throws IOException {
    return new Wire(queueServer().port());
  }

  private static Ask lasting(int millis) {
    return Ask.play("/play/chat", "acme", EVENT).header("X-Pause", millis * 1_000);
  }

  private Wire sent(Ask ask) throws IOException {
    return wireToQueue().send(ask.bytes());
  }

  /** Calls that run, each of which has said so. */
  private List<Wire> workersThatAreBusy() throws IOException {
    List<Wire> busy = new ArrayList<>();
    while (busy.size() < 3) {
      Wire wire = sent(lasting(20).header("X-Head-First", "yes").header("X-Times", 1_500));
      if (wire.head().status() == 200) {
        busy.add(wire);
      }
    }
    return busy;
  }

  /** Q3, pitfall 55: whoever goes leaves the line at once, so that others find a place in it. */
  @ParameterizedTest
  @ValueSource(strings = {"reset", "hang-up", "half-close"})
  default void a_client_that_goes_leaves_the_line(String how) throws IOException {
    Assumptions.assumeTrue(seesSockets(), "a filter is not told");
    List<Wire> wires = workersThatAreBusy();
    String test = "leaves-" + how;
    List<Wire> gone = lineThatIsFull(test);
    for (Wire wire : gone) {
      leave(wire, how);
    }
    long start = System.nanoTime();
    awaitWaiting(0);
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    wires.addAll(waiting("stays"));
    // Otherwise they would wait for as long as those run before them, which is 30 s.
    assertThat(millis).as("until all places were free").isLessThan(2_000);
    for (Wire wire : wires.subList(0, 3)) {
      wire.breakOff();
    }
    for (Wire wire : wires.subList(3, 7)) {
      assertThat(wire.answerTo("POST").status()).isEqualTo(200);
      wire.close();
    }
    assertThat(queueServer().outputWith("client gone (499)")).contains("client gone (499)");
    if (how.equals("half-close")) {
      for (Wire wire : gone) {
        assertIsToldNothing(wire, test);
        wire.close();
      }
    }
  }

  /** Calls that wait, of which one more would be too many. */
  private List<Wire> lineThatIsFull(String test) throws IOException {
    List<Wire> waiting = waiting(test);
    try (Wire next = sent(lasting(1))) {
      assertThat(next.head().status()).isEqualTo(450);
    }
    return waiting;
  }

  /** Four calls, of which the server says that all of them wait: that they hear nothing may only mean that it is slow. */
  private List<Wire> waiting(String test) throws IOException {
    List<Wire> waiting = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      waiting.add(sent(lasting(1).header("X-Test", test)));
    }
    awaitWaiting(4);
    return waiting;
  }

  private void awaitWaiting(int calls) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (threadsThatWait() != calls) {
      assertThat(System.nanoTime() - end).as("until %s calls wait", calls).isNegative();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  private int threadsThatWait() throws IOException {
    try (Wire wire = wireToQueue()) {
      String inside = wire.send(Ask.get("/open/inside").bytes()).answer().text();
      return Integer.parseInt(inside.split(" ", -1)[3]);
    }
  }

  private static void leave(Wire wire, String how) throws IOException {
    switch (how) {
      case "reset" -> wire.breakOff();
      case "hang-up" -> wire.close();
      default -> wire.endOutput();
    }
  }

  /** What a client sends ahead while its call waits is not lost, however little or much it is. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3_000})
  default void requests_that_are_sent_ahead_are_answered_in_their_order(int padding)
      throws IOException {
    List<Wire> busy = workersThatAreBusy();
    try (Wire wire = sent(lasting(1))) {
      assertThat(wire.hears(150)).isFalse();
      String next = "GET /open/hits?test=ahead HTTP/1.1\r\nHost: localhost\r\nX-Padding: ";
      wire.send(next);
      assertThat(wire.hears(150)).isFalse();
      wire.send("x".repeat(padding) + "\r\n\r\n");
      wire.send(lasting(1).bytes());
      for (Wire each : busy) {
        each.breakOff();
      }
      assertThat(wire.answerTo("POST").text()).isEqualTo(EVENT);
      assertThat(wire.answer().text()).isEqualTo("0");
      assertThat(wire.answerTo("POST").text()).isEqualTo(EVENT);
    }
  }

  /** Q3: gone after 30 ms of a longer job, of which nothing has left. */
  @ParameterizedTest
  @ValueSource(strings = {"return", "status", "throw"})
  default void an_answer_for_which_nobody_has_waited_is_not_written(String then)
      throws IOException {
    Assumptions.assumeTrue(seesSockets(), "a filter is not told");
    String unflushed = "nobody-waits-" + then;
    try (Wire wire =
        sent(
            lasting(150)
                .header("X-Unflushed", "yes")
                .header("X-Then", then)
                .header("X-Test", unflushed))) {
      assertThat(wire.hears(30)).isFalse();
      wire.endOutput();
      assertIsToldNothing(wire, unflushed);
    }
  }

  /** That 499 stands in the server's own log, and was never sent. */
  private void assertIsToldNothing(Wire wire, String test) throws IOException {
    assertThat(wire.isClosedByServer()).as("an end with nothing before it").isTrue();
    String logged = "access: 499 /play/chat " + test;
    assertThat(queueServer().outputWith(logged)).contains(logged);
  }

  /** Who is there to the end has the whole answer, also on a connection that is kept. */
  @Test
  default void who_waits_is_answered_time_and_again() throws IOException {
    try (Wire wire = wireToQueue()) {
      for (int i = 0; i < 20; i++) {
        wire.send(lasting(1).header("X-Unflushed", "yes").bytes());
        assertThat(wire.answerTo("POST").text()).isEqualTo(EVENT);
      }
    }
  }
}
