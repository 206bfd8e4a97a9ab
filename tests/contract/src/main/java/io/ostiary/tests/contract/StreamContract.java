package io.ostiary.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Long streams under the guard, beside the same without it: P1, pitfall 39. */
interface StreamContract extends Guarded {

  /** Ten thousand are {@code -Dostiary.events=10000}. */
  int EVENTS = Integer.getInteger("ostiary.events", 1000);

  int ROUNDS = 3;

  /** Sixteen at-signs become the time at which the app wrote the event, in microseconds. */
  String TIMED =
      "data: {\"at\":@@@@@@@@@@@@@@@@,\"choices\":[{\"index\":0,\"delta\":{\"content\":\"你好🙂 and so on\"}}]}\n\n";

  Pattern TIME = Pattern.compile("\"at\":(\\d{16})");

  /**
   * P1, pitfall 39: an event is held up by less than a millisecond, and none by 50, in the calmest of some rounds; and it is the
   * same bytes.
   */
  @Test
  default void an_event_reaches_the_client_as_soon_as_without_a_guard() throws IOException {
    long guarded = Long.MAX_VALUE;
    long unguarded = Long.MAX_VALUE;
    long guardedSlowest = Long.MAX_VALUE;
    long unguardedSlowest = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      Timed without = play("/open/play");
      Timed with = play("/play/chat");
      assertThat(with.text()).isEqualTo(without.text()).hasLineCount(2 * EVENTS);
      unguarded = Math.min(unguarded, without.medianMicros());
      guarded = Math.min(guarded, with.medianMicros());
      unguardedSlowest = Math.min(unguardedSlowest, without.slowestMicros());
      guardedSlowest = Math.min(guardedSlowest, with.slowestMicros());
    }
    assertThat(guarded).as("beside %d µs", unguarded).isLessThanOrEqualTo(unguarded + 1000);
    assertThat(guardedSlowest).isLessThanOrEqualTo(unguardedSlowest + 50_000);
  }

  /** Pitfall 39: where there are ten thousand, what has passed has left nothing behind. */
  @Test
  default void memory_is_flat_however_many_events_have_passed() throws IOException {
    Assumptions.assumeTrue(EVENTS >= 10_000, "only with -Dostiary.events=10000");
    long early = 0;
    long late = 0;
    try (Wire wire = connect()) {
      wire.send(Ask.play("/play/chat", "many", TIMED).header("X-Times", EVENTS).bytes());
      assertThat(wire.head().status()).isEqualTo(200);
      int chunks = 0;
      for (byte[] chunk = wire.chunk(); chunk.length > 0; chunk = wire.chunk()) {
        chunks++;
        if (chunks == EVENTS / 10) {
          early = liveBytes();
        } else if (chunks == EVENTS * 9 / 10) {
          late = liveBytes();
        }
      }
    }
    assertThat(early).isPositive();
    assertThat(late).isBetween(1L, early + (1 << 20));
  }

  private long liveBytes() throws IOException {
    try (HeapDump dump = server().heapDump()) {
      return dump.size();
    }
  }

  /**
   * A stream that was read as it came.
   *
   * @param text with the times taken out
   * @param medianMicros from the app's write to the client's read
   * @param slowestMicros the longest of them
   */
  record Timed(String text, long medianMicros, long slowestMicros) {}

  private Timed play(String path) throws IOException {
    Ask ask = Ask.play(path, "many", TIMED).header("X-Times", EVENTS).header("X-Pause", 100);
    var all = new ByteArrayOutputStream();
    long[] micros = new long[EVENTS];
    int events = 0;
    try (Wire wire = connect()) {
      wire.send(ask.bytes());
      assertThat(wire.head().status()).isEqualTo(200);
      for (byte[] chunk = wire.chunk(); chunk.length > 0; chunk = wire.chunk()) {
        long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        all.writeBytes(chunk);
        Matcher time = TIME.matcher(new String(chunk, StandardCharsets.UTF_8));
        while (time.find()) {
          micros[events++] = now - Long.parseLong(time.group(1));
        }
      }
    }
    Arrays.sort(micros);
    String text = TIME.matcher(all.toString(StandardCharsets.UTF_8)).replaceAll("\"at\":0");
    return new Timed(text, micros[EVENTS / 2], micros[EVENTS - 1]);
  }
}
