package io.ostiary.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Calls that are late in several ways, all at one time, each on a connection and a thread of its own. */
final class LateCalls implements AutoCloseable {

  private static final long DUE = 5_000;
  private static final long TOLERANCE = 50;

  /** What a machine with other things to do may add. */
  private static final long MOST = DUE + 1_500;

  private final int port;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Future<Answered>> calls = new ArrayList<>();

  LateCalls(int port) {
    this.port = port;
  }

  /** When the first byte of an answer came, in milliseconds from the first byte of its call. */
  private record Answered(String way, long millis) {}

  /** The first bytes of a call, and the others in their time. */
  private interface Sender {

    void send(Wire wire, byte[] bytes) throws IOException;
  }

  /** A call whose app is at work for too long. */
  void run(String path, int status, String text) {
    add("runs", path, status, text, 4_000, Wire::send);
  }

  /** A call that waits for a worker for too long. */
  void wait(String path, int status, String text) {
    add("waits", path, status, text, 0, Wire::send);
  }

  /** A call whose first byte comes two seconds before the rest of its head; then it waits as well. */
  void sendHeadSlowly(String path, int status, String text) {
    add(
        "sends its head slowly",
        path,
        status,
        text,
        0,
        (wire, bytes) -> {
          wire.send(new byte[] {bytes[0]});
          LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(2));
          wire.send(Arrays.copyOfRange(bytes, 1, bytes.length));
        });
  }

  /** A call whose body drips. */
  void sendBodySlowly(String path, int status, String text) {
    add(
        "sends its body slowly",
        path,
        status,
        text,
        0,
        (wire, bytes) -> {
          int body = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n") + 4;
          wire.send(Arrays.copyOf(bytes, body));
          for (int at = body; at < bytes.length - 1 && !wire.hears(20); at++) {
            wire.send(new byte[] {bytes[at]});
          }
        });
  }

  private void add(String way, String path, int status, String text, int pause, Sender sender) {
    Ask ask =
        Ask.play(path, "acme", "what the app says")
            .header("X-Test", way.replace(' ', '-'))
            .header("X-Times", 2)
            .header("X-Unflushed", "yes")
            .header("X-Pause", pause * 1_000);
    // Not all in one moment: a machine that stands still for a moment would be seen by all of them.
    long later = TimeUnit.MILLISECONDS.toNanos(25L * calls.size());
    calls.add(
        threads.submit(
            () -> {
              LockSupport.parkNanos(later);
              try (Wire wire = new Wire(port)) {
                long start = System.nanoTime();
                sender.send(wire, ask.bytes());
                assertThat(wire.hears(20_000)).isTrue();
                long millis = Math.round((System.nanoTime() - start) / 1e6);
                assertRefused(wire, way, status, text);
                return new Answered(way + " at " + path, millis);
              }
            }));
  }

  private static void assertRefused(Wire wire, String way, int status, String text)
      throws IOException {
    Answer answer = wire.answerTo("POST");
    assertThat(answer.status()).as("%s: %s", way, answer).isEqualTo(status);
    assertThat(answer.text()).containsIgnoringCase(text).doesNotContain("what the app says");
    assertThat(answer.closes()).as("%s: %s", way, answer).isTrue();
    assertThat(wire.isClosedByServer()).as("%s, and the connection is closed", way).isTrue();
    if (way.equals("runs")) {
      assertThat(answer.header("x-should-retry")).isEqualTo("false");
    }
  }

  /** Waits for all answers. */
  void assertAnsweredInTime() throws Exception {
    Map<String, Long> best = new HashMap<>();
    List<Answered> all = new ArrayList<>();
    for (Future<Answered> call : calls) {
      Answered answered = call.get(20, TimeUnit.SECONDS);
      all.add(answered);
      best.merge(answered.way(), answered.millis(), Math::min);
    }
    System.out.println("Late calls were answered after, at best: " + best);
    assertThat(all).allMatch(each -> each.millis() >= DUE - TOLERANCE && each.millis() <= MOST);
    assertThat(best).allSatisfy((way, millis) -> assertInTime(way, millis));
  }

  private static void assertInTime(String way, long millis) {
    assertThat(millis).as(way).isLessThanOrEqualTo(DUE + TOLERANCE);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
