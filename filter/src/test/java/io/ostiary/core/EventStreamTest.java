package io.ostiary.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pitfall 40: event streams in all their spellings, cut anywhere. Here a line end is written as a bar. */
class EventStreamTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      nullValues = "none",
      quoteCharacter = '`',
      value = {
        "data: a||                         ; a",
        "data:a||                          ; a",
        "`data:  a||                      `; ` a`",
        "data: a|data: b||                 ; a/b",
        "data: a|data|data:|data: b||      ; a///b",
        ": comment|data: a|: another||     ; a",
        ":||:|||                           ; none",
        "id: 1|event: x|retry: 3|data: a|| ; a",
        "event: x||data: a||               ; a",
        "datax: b|Data: b|dat: b|data : b|| ; none",
        "data: a||||data: b||              ; a,b",
        "data: data: a||                   ; data: a",
        "data: a||data: b|                 ; a,b",
        "data: a||data: b                  ; a,b",
        "data: a||dat                      ; a",
        "\uFEFFdata: a||                   ; a",
        "data: a||\uFEFFdata: b||          ; a",
        "\uFEFF\uFEFFdata: a||             ; none",
        "data:||                           ; `-`",
        "data||                            ; `-`"
      })
  void hands_on_the_data_of_each_event(String stream, @Nullable String events) {
    List<String> expected =
        events == null ? List.of() : List.of(events.replace("-", "").split(","));
    for (String lineEnd : List.of("\n", "\r\n", "\r")) {
      byte[] bytes = stream.strip().replace("|", lineEnd).getBytes(UTF_8);
      for (int cut = 0; cut <= bytes.length; cut++) {
        Recorder recorder = new Recorder();
        EventStream reader = new EventStream(recorder, null);
        give(reader, bytes, 0, cut);
        give(reader, bytes, cut, bytes.length);
        reader.finish();
        assertThat(recorder.events).as("cut at %d", cut).isEqualTo(expected);
      }
    }
  }

  @Test
  void reads_random_streams_in_random_pieces_as_the_specification_says() {
    long seed = Long.getLong("ostiary.seed", System.nanoTime());
    Random random = new Random(seed);
    String[] splinters = {"data", ":", " ", "\n", "\r", "\r\n", "\n\n", "x", "d", "id", "data: y"};
    for (int run = 0; run < 50_000; run++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(20); i > 0; i--) {
        text.append(splinters[random.nextInt(splinters.length)]);
      }
      byte[] bytes = text.toString().getBytes(UTF_8);
      Recorder recorder = new Recorder();
      EventStream reader = new EventStream(recorder, null);
      for (int from = 0, to; from < bytes.length; from = to) {
        to = from + 1 + random.nextInt(bytes.length - from);
        assertThat(give(reader, bytes, from, to)).isEqualTo(to - from);
      }
      reader.finish();
      assertThat(recorder.events)
          .as("-Dostiary.seed=%d, run %d: %s", seed, run, text)
          .isEqualTo(asSpecified(text.toString()));
    }
  }

  /** The events of a whole stream, read the slow way; the last one counts though it is not finished. */
  private static List<String> asSpecified(String stream) {
    List<String> events = new ArrayList<>();
    List<String> data = new ArrayList<>();
    String[] lines = stream.replace("\r\n", "\n").replace('\r', '\n').split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      boolean isLast = i == lines.length - 1;
      if (colon >= 0 && lines[i].substring(0, colon).equals("data")) {
        String value = lines[i].substring(colon + 1);
        data.add(value.startsWith(" ") ? value.substring(1) : value);
      } else if (lines[i].equals("data") && !isLast) {
        data.add("");
      }
      if ((lines[i].isEmpty() || isLast) && !data.isEmpty()) {
        events.add(String.join("/", data));
        data.clear();
      }
    }
    return events;
  }

  /** R10. */
  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void lets_nothing_leave_after_the_blank_line_where_it_is_told_to_stop(String lineEnd) {
    String kept = ": hello||id: 1|data: a||:||data: b|event: x||".replace("|", lineEnd);
    byte[] bytes = (kept + "|data: c||data: d||".replace("|", lineEnd)).getBytes(UTF_8);

    for (int cut = 0; cut <= bytes.length; cut++) {
      assertThat(leaving(bytes, cut)).as("cut at %d", cut).isEqualTo(kept);
    }
    assertThat(leaving(bytes, -1)).as("byte by byte").isEqualTo(kept);
  }

  /** What leaves of a stream that must end after two events, given in two pieces or byte by byte. */
  private static String leaving(byte[] bytes, int cut) {
    Recorder recorder = new Recorder();
    int[] asked = {0};
    EventStream reader =
        new EventStream(
            recorder,
            () -> {
              asked[0]++;
              assertThat(recorder.events).as("events when asked").hasSize(asked[0]);
              return asked[0] < 2;
            });
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int size = cut < 0 ? 1 : cut;
    for (int from = 0, to; from < bytes.length; from = to) {
      to = from == 0 || cut < 0 ? Math.min(from + Math.max(size, 1), bytes.length) : bytes.length;
      out.write(bytes, from, give(reader, bytes, from, to));
    }
    reader.finish();
    assertThat(asked[0]).isEqualTo(2);
    assertThat(recorder.events).containsExactly("a", "b");
    return out.toString(UTF_8);
  }

  @Test
  void is_told_at_once_when_the_last_bytes_end_an_event() {
    int[] asked = {0};
    BooleanSupplier no =
        () -> {
          asked[0]++;
          return false;
        };
    byte[] event = "data: a\r\n\r\n".getBytes(UTF_8);
    EventStream reader = new EventStream(new Recorder(), no);

    assertThat(reader.accept(event, 0, event.length)).isEqualTo(event.length);
    assertThat(asked[0]).isEqualTo(1);
    assertThat(reader.accept(event, 0, event.length)).isZero();
  }

  private static int give(EventStream reader, byte[] stream, int from, int to) {
    byte[] piece = new byte[to - from + 4];
    Arrays.fill(piece, (byte) '\n');
    System.arraycopy(stream, from, piece, 2, to - from);
    return reader.accept(piece, 2, to - from);
  }

  /** Keeps each event's data, its line feeds written as slashes. */
  private static final class Recorder implements Documents {

    private final List<String> events = new ArrayList<>();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();

    @Override
    public void piece(byte[] bytes, int offset, int length) {
      assertThat(length).isPositive();
      data.write(bytes, offset, length);
    }

    @Override
    public void end() {
      events.add(data.toString(UTF_8).replace('\n', '/'));
      data.reset();
    }
  }
}
