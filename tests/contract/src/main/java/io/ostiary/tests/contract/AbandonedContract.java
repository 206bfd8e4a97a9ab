package io.ostiary.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Q3: clients that go while an app is at work that writes nothing: it is told to stop. Three calls run at one time and four wait. */
interface AbandonedContract extends Guarded {

  String EVENT = "data: {}\n\n";

  /** A look every 50 ms, and a loaded machine. The app would be at work for twenty seconds. */
  long MOST_MILLIS = 3_000;

  /** A server whose guard interrupts the threads of apps for which nobody waits. */
  ServerProcess interruptingServer() throws IOException;

  /** Whether the guard sees the sockets; a filter does not. */
  boolean seesSockets();

  /** Whether the listeners of an answer that has begun hear of an error; Jetty before 12 lets them hear of the end alone. */
  default boolean tellsErrorsOfBegunAnswers() {
    return true;
  }

  private Wire sent(Ask ask) throws IOException {
    return new Wire(interruptingServer().port()).send(ask.bytes());
  }

  private static Ask call(String path, String via, String test, int pauseMillis) {
    return Ask.play(path, "acme", EVENT)
        .header("X-Reads", "yes")
        .header("X-Via", via)
        .header("X-Test", test)
        .header("X-Unflushed", "yes")
        .header("X-Pause", pauseMillis * 1_000);
  }

  private int counted(String test) throws IOException {
    return Integer.parseInt(ask(interruptingServer(), Ask.get("/open/hits?test=" + test)).text());
  }

  private long millisUntil(String test, int count) throws IOException {
    long start = System.nanoTime();
    while (counted(test) < count) {
      long nanos = System.nanoTime() - start;
      assertThat(nanos).as("until " + test).isLessThan(TimeUnit.SECONDS.toNanos(20));
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }

  private static void leave(Wire wire, String how) throws IOException {
    switch (how) {
      case "reset" -> wire.breakOff();
      case "hang-up" -> wire.close();
      default -> wire.endOutput();
    }
  }

  /** Q3: a thread that thinks is interrupted; its worker is free. The body is read by the guard, or by the app. */
  @ParameterizedTest
  @CsvSource({
    "reset, /play/chat",
    "hang-up, /play/generation",
    "half-close, /play/chat",
    "half-close, /play/generation"
  })
  default void an_app_for_whose_answer_nobody_waits_is_interrupted(String how, String path)
      throws IOException {
    Assumptions.assumeTrue(seesSockets(), "a filter is not told");
    String test = "abandoned-" + how + path.length();
    List<Wire> wires = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      wires.add(sent(call(path, "stream", test, 20_000)));
    }
    millisUntil(test, 3);
    for (Wire wire : wires) {
      leave(wire, how);
    }
    assertThat(millisUntil(test + "-over", 3)).isLessThan(MOST_MILLIS);
    assertThat(interruptingServer().outputWith("client gone (499)")).contains("client gone (499)");
    try (Wire next = sent(call(path, "stream", test + "-next", 1))) {
      assertThat(next.answerTo("POST").text()).isEqualTo(EVENT);
    }
  }

  /** Q3: an asynchronous app, none of whose threads is the server's, hears of it by its listener. */
  @ParameterizedTest
  @ValueSource(strings = {"reset", "hang-up", "half-close"})
  default void an_asynchronous_app_that_writes_nothing_is_told_by_its_listener(String how)
      throws IOException {
    Assumptions.assumeTrue(seesSockets(), "a filter is not told");
    String test = "told-" + how;
    List<Wire> wires = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Wire wire = sent(call("/play/chat", "silence", test, 0).header("X-Head-First", "yes"));
      assertThat(wire.head().status()).isEqualTo(200);
      wires.add(wire);
    }
    for (Wire wire : wires) {
      leave(wire, how);
    }
    String told = test + (tellsErrorsOfBegunAnswers() ? "-told" : "-ended");
    assertThat(millisUntil(told, 3)).isLessThan(MOST_MILLIS);
    assertThat(counted(told)).isEqualTo(3);
    try (Wire next = sent(call("/play/chat", "stream", test + "-next", 1))) {
      assertThat(next.answerTo("POST").text()).isEqualTo(EVENT);
    }
  }

  /** Who waits is looked for and not disturbed, and what it sends ahead is not lost. */
  @ParameterizedTest
  @ValueSource(strings = {"stream", "thread"})
  default void who_waits_has_its_answer_and_what_it_sent_ahead(String way) throws IOException {
    Ask ask = call("/play/generation", way, "waits-" + way, 300);
    try (Wire wire = sent(ask)) {
      wire.send(ask.bytes());
      for (int i = 0; i < 3; i++) {
        assertThat(wire.answerTo("POST").text()).isEqualTo(EVENT);
        wire.send(ask.bytes());
      }
    }
  }
}
