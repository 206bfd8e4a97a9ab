package io.ostiary.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Workers, the line before them and the time of a call, over HTTP; three calls run at one time and four wait. */
interface QueueContract extends Guarded {

  String EVENT = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"}}]}\n\n";

  /** Ten thousand in all are {@code -Dostiary.asynchronous=2000} for each of the ways. */
  int ASYNCHRONOUS = Integer.getInteger("ostiary.asynchronous", 100);

  /** A server with workers. */
  ServerProcess queueServer() throws IOException;

  /** A call that runs for so long. */
  private static Ask lasting(String key, int millis, String way) {
    return Ask.play("/play/chat", key, EVENT)
        .header("X-Via", way)
        .header("X-Times", 2)
        .header("X-Pause", millis * 500);
  }

  private Wire begun(Ask ask) throws IOException {
    Wire wire = new Wire(queueServer().port());
    wire.send(ask.bytes());
    return wire;
  }

  private int queueHits(String test) throws IOException {
    return Integer.parseInt(ask(queueServer(), Ask.get("/open/hits?test=" + test)).text());
  }

  private void awaitHits(String test, int hits) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (queueHits(test) < hits && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
    assertThat(queueHits(test)).as(test).isGreaterThanOrEqualTo(hits);
  }

  /** Waits until as many calls can run at one time as there are workers: nothing is held any more. */
  private void assertNothingIsHeld() throws IOException {
    // What was sent last may still be at work, or in the line, for some 40 ms each.
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    while (System.nanoTime() - end < 0) {
      if (sevenAtOnce().equals(List.of(200, 200, 200, 200, 200, 200, 200))) {
        return;
      }
    }
    assertThat(sevenAtOnce()).containsOnly(200);
  }

  private List<Integer> sevenAtOnce() throws IOException {
    List<Wire> wires = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      wires.add(begun(lasting("acme", 20, "stream")));
    }
    List<Integer> statuses = new ArrayList<>();
    for (Wire wire : wires) {
      statuses.add(wire.answerTo("POST").status());
      wire.close();
    }
    return statuses;
  }

  /** Q1, pitfalls 23, 48 and 55: one too many is refused at once, keeps its connection, and who needs no worker is not held up. */
  @ParameterizedTest
  @ValueSource(strings = {"stream", "thread", "listener"})
  default void who_finds_the_queue_full_is_refused_at_once(String way) throws IOException {
    String test = "full-" + way;
    List<Wire> wires = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      wires.add(begun(lasting("acme", 1500, way).header("X-Test", test)));
    }
    awaitHits(test, 3);
    // Whoever is not answered waits: four of these, and the fifth does not.
    Wire fifth = begun(lasting("acme", 20, way));
    long start = System.nanoTime();
    while (wires.size() < 7 && !fifth.hears(100)) {
      wires.add(fifth);
      fifth = begun(lasting("acme", 20, way));
      start = System.nanoTime();
    }
    Answer full = fifth.answerTo("POST");
    fifth.close();
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    long health = System.nanoTime();
    assertThat(ask(queueServer(), Ask.get("/open/hits?test=none")).status()).isEqualTo(200);
    long healthMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - health);

    assertThat(full.status()).isEqualTo(450);
    assertThat(full.closes()).isFalse();
    assertThat(full.text()).contains("Request discarded because the queue is full");
    assertThat(Integer.parseInt(full.header("Retry-After"))).isPositive();
    assertThat(millis).isLessThan(500);
    assertThat(healthMillis).isLessThan(500);
    for (Wire wire : wires) {
      assertThat(wire.answerTo("POST").status()).isEqualTo(200);
      wire.close();
    }
    assertNothingIsHeld();
  }

  /** R4. */
  @Test
  default void a_refusal_for_concurrency_costs_no_request() throws IOException {
    Wire a = begun(lasting("single", 600, "stream").header("X-Test", "single"));
    awaitHits("single", 1);
    Answer b = ask(queueServer(), lasting("single", 10, "stream"));
    assertThat(b.status()).isEqualTo(429);
    assertThat(b.text()).contains("1 concurrent requests");
    assertThat(a.answerTo("POST").status()).isEqualTo(200);
    a.close();
    Answer c = ask(queueServer(), lasting("single", 10, "stream"));
    while (c.status() == 429 && c.text().contains("concurrent")) {
      // The client may have its answer before the server knows that it is complete.
      c = ask(queueServer(), lasting("single", 10, "stream"));
    }
    assertThat(c.status()).isEqualTo(200);
  }

  /** Pitfalls 47, 49 and 50: however a call goes asynchronous, its worker is free when it ends, and nobody looks at it then. */
  @ParameterizedTest
  @ValueSource(strings = {"thread", "thread-given", "thread-writer", "listener", "cycles"})
  default void every_asynchronous_way_frees_its_worker_once(String way) throws IOException {
    for (int left = ASYNCHRONOUS; left > 0; left -= 50) {
      // Tomcat closes a connection after a hundred calls.
      List<Wire> wires = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        wires.add(new Wire(queueServer().port()));
      }
      for (int i = 0; i < 10; i++) {
        // Of these three run at one time, and two wait.
        for (Wire wire : wires) {
          wire.send(lasting("acme", 0, way).bytes());
        }
        for (Wire wire : wires) {
          Answer answer = wire.answerTo("POST");
          assertThat(answer.status()).isEqualTo(200);
          assertThat(answer.text()).isEqualTo(EVENT + EVENT);
        }
      }
      for (Wire wire : wires) {
        wire.close();
      }
    }
    assertNothingIsHeld();
    assertThat(queueServer().output())
        .doesNotContainIgnoringCase("has been recycled", "lifecycle recycled");
  }

  /** Killing the thread of an app, wherever the container can see it. */
  @ParameterizedTest
  @ValueSource(strings = {"stream", "writer", "cycles"})
  default void an_error_that_kills_the_app_s_thread_frees_its_worker(String way)
      throws IOException {
    String test = "killed-" + way;
    for (int i = 1; i <= 8; i++) {
      Ask ask = lasting("acme", 1, way).header("X-Then", "fail").header("X-Test", test);
      Wire wire = begun(ask);
      awaitHits(test + "-over", i);
      wire.close();
    }
    assertNothingIsHeld();
  }

  /** Pitfalls 47 and 48: whichever way a call ends, its worker is free again, and only once. */
  @ParameterizedTest
  @ValueSource(strings = {"return", "throw", "fail", "send-error", "model-failure", "hang"})
  default void every_end_of_a_call_frees_its_worker(String end) throws IOException {
    String way = end.equals("hang") ? "thread" : "stream";
    for (int i = 0; i < 8; i++) {
      try (Wire wire = begun(lasting("acme", 1, way).header("X-Then", end))) {
        wire.isClosedByServer();
      } catch (IOException cutOff) {
        // As it may.
      }
    }
    assertNothingIsHeld();
  }

  /** Pitfall 47: Tomcat breaks the connection off then, and tells nobody of the call's end. */
  @Test
  default void an_app_that_throws_when_it_has_gone_asynchronous_frees_its_worker()
      throws IOException {
    for (int i = 0; i < 8; i++) {
      try (Wire wire = new Wire(queueServer().port())) {
        wire.send(lasting("acme", 0, "thrown").bytes()).isClosedByServer();
      } catch (IOException cutOff) {
        // As it may.
      }
    }
    assertNothingIsHeld();
  }

  /** Q3: an app that learns that its client has gone, and never completes its call. */
  @ParameterizedTest
  @ValueSource(strings = {"thread", "thread-writer"})
  default void a_worker_is_free_when_the_client_has_gone_whatever_the_app_forgets(String way)
      throws IOException {
    String test = "gone-" + way;
    List<Wire> wires = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Ask ask = Ask.play("/play/chat", "acme", EVENT).header("X-Via", way).header("X-Test", test);
      wires.add(
          begun(ask.header("X-Then", "never").header("X-Times", 2_000).header("X-Pause", 5_000)));
    }
    awaitHits(test, 3);
    for (Wire wire : wires) {
      wire.breakOff();
    }
    assertNothingIsHeld();
  }

  /** Pitfall 47: Tomcat is done with such a call at once, and tells nobody of its end. */
  @Test
  default void a_listener_that_fails_when_its_client_has_gone_frees_its_worker()
      throws IOException {
    String test = "listener-fails";
    String flood = "data: " + "x".repeat(4_000) + "\n\n";
    List<Wire> wires = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Ask ask = Ask.play("/play/chat", "acme", flood).header("X-Via", "listener");
      wires.add(
          begun(
              ask.header("X-Test", test)
                  .header("X-Then", "fail-when-gone")
                  .header("X-Times", 8_000)));
    }
    awaitHits(test, 3);
    int before = -1;
    for (int now = queueHits(test); now != before; now = queueHits(test)) {
      // Until the server waits for clients that read nothing.
      before = now;
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
    for (Wire wire : wires) {
      wire.breakOff();
    }
    assertNothingIsHeld();
  }

  /** The same of a body that does not come to its end. */
  @Test
  default void a_listener_that_fails_when_its_body_breaks_off_frees_its_worker()
      throws IOException {
    String test = "reader-fails";
    List<Wire> wires = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Ask ask = lasting("acme", 0, "reader").header("X-Test", test);
      wires.add(new Wire(queueServer().port()).send(ask.headDeclaring(1_000)));
      wires.get(i).send("{");
    }
    awaitHits(test, 3);
    for (Wire wire : wires) {
      wire.breakOff();
    }
    assertNothingIsHeld();
  }

  /** Whether the server tells when the first byte of a request came. */
  boolean countsFromTheFirstByte();

  /** Q2: a head that comes slowly takes of its call's time. */
  @Test
  default void time_is_counted_from_the_first_byte_of_the_head() throws IOException {
    Assumptions.assumeTrue(countsFromTheFirstByte(), "the head is seen when it is whole");
    Ask ask =
        Ask.play("/play/stop/chat", "other", EVENT)
            .header("X-Times", 4)
            .header("X-Unflushed", "yes")
            .header("X-Pause", 700_000);
    String text = new String(ask.bytes(), StandardCharsets.ISO_8859_1);
    queueServer();
    try (Wire wire = new Wire(queueServer().port())) {
      long start = System.nanoTime();
      wire.send(text.substring(0, 10));
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(600));
      wire.send(text.substring(10));
      assertThat(wire.answerTo("POST").status()).isEqualTo(504);
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
      // Counted from the end of the head it would be 1600.
      assertThat(millis).isBetween(950L, 1_500L);
    }
  }

  /** Q2, pitfall 56: the connection is closed, and nobody does the work again. */
  @ParameterizedTest
  @ValueSource(strings = {"stream", "writer", "thread", "thread-writer", "cycles"})
  default void a_call_whose_time_is_over_is_answered_so(String way) throws IOException {
    String test = "late-" + way;
    queueServer();
    long start = System.nanoTime();
    try (Wire wire =
        begun(
            Ask.play("/play/stop/chat", "other", EVENT)
                .header("X-Via", way)
                .header("X-Test", test)
                .header("X-Span-Id", test + "-1")
                .header("X-Times", 3)
                .header("X-Unflushed", "yes")
                .header("X-Pause", 700_000))) {
      Answer late = wire.answerTo("POST");
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
      assertThat(late.status()).as(late.toString()).isEqualTo(504);
      assertThat(late.text()).contains("ModelArts.81110").doesNotContain("choices");
      assertThat(late.header("X-Span-Id")).isEqualTo(test + "-1");
      assertThat(late.header("x-should-retry")).isEqualTo("false");
      assertThat(late.header("Connection")).isEqualTo("close");
      assertThat(wire.isClosedByServer()).isTrue();
      assertThat(millis).isBetween(950L, 1_600L);
    }
    awaitHits(test + "-over", 1);
    assertNothingIsHeld();
  }

  /** Q2, E3: an event stream that has begun ends with an event that says so. */
  @ParameterizedTest
  @ValueSource(strings = {"stream", "writer", "thread", "thread-writer", "cycles"})
  default void a_stream_whose_time_is_over_ends_with_an_event(String way) throws IOException {
    String test = "late-stream-" + way;
    queueServer();
    long start = System.nanoTime();
    Answer late =
        ask(
            queueServer(),
            Ask.play("/play/stop/chat", "other", EVENT)
                .header("X-Via", way)
                .header("X-Test", test)
                .header("X-Times", 40)
                .header("X-Pause", 100_000));
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);

    assertThat(late.status()).isEqualTo(200);
    assertThat(late.text()).startsWith(EVENT + EVENT).contains("event: error\ndata: ");
    assertThat(late.text()).endsWith("\n\n").contains("ModelArts.81110");
    assertThat(millis).isBetween(900L, 1_600L);
    awaitHits(test + "-stopped", 1);
    assertNothingIsHeld();
  }

  /** Never half an answer that looks whole. */
  @ParameterizedTest
  @ValueSource(strings = {"stream", "cycles"})
  default void an_answer_that_is_no_stream_is_cut(String way) throws IOException {
    try (Wire wire =
        begun(
            Ask.play("/play/stop/chat", "other", "{\"a\":1")
                .header("X-Type", "application/json")
                .header("X-Via", way)
                .header("X-Times", 40)
                .header("X-Pause", 100_000))) {
      assertThat(wire.head().status()).isEqualTo(200);
      org.assertj.core.api.Assertions.assertThatThrownBy(
              () -> {
                while (wire.chunk().length > 0) {
                  // On to where it is cut.
                }
              })
          .isInstanceOfAny(IOException.class, NumberFormatException.class);
    }
    assertNothingIsHeld();
  }

  /** Q2: a sender that drips, and falls silent at last. */
  @Test
  default void a_slow_sender_meets_the_deadline() throws IOException {
    byte[] json = "{\"model\":\"qwen-max\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    queueServer();
    long start = System.nanoTime();
    Ask ask =
        Ask.of("POST", "/dashscope/x").key("other").header("Content-Type", "application/json");
    try (Wire wire = new Wire(queueServer().port())) {
      wire.send(ask.headDeclaring(1000));
      for (int i = 0; i < json.length && !wire.hears(150); i++) {
        wire.send(new byte[] {json[i]});
      }
      Answer late = wire.answerTo("POST");
      assertThat(late.status()).isEqualTo(408);
      assertThat(late.text()).contains("RequestTimeOut");
      assertThat(late.header("Connection")).isEqualTo("close");
    }
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    assertThat(millis).isBetween(950L, 2_000L);
    assertNothingIsHeld();
  }
}
