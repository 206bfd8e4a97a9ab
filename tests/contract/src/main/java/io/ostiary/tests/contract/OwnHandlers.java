package io.ostiary.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Pitfall 7: what a handler of the app's own answers, and no servlet, is guarded whole, and so are the servlets beside it, once. The
 * app has one that answers {@code /own/*}, and some of its servlets' paths.
 */
public interface OwnHandlers {

  /** The server under the agent, with {@code own.properties}. */
  ServerProcess server();

  /** The same app without it. */
  ServerProcess unguarded();

  /** Whether Jetty answers with a page where a handler without servlets throws; 9.4.20 answers with the status alone. */
  default boolean writesPagesForHandlers() {
    return true;
  }

  /** One that has this policy. */
  static ServerProcess start(Installation installation, String... options) throws IOException {
    return ServerProcess.start(installation, "own.properties", options);
  }

  private static Ask ask(String path, String key, String json) {
    return Ask.of("POST", path).key(key).json(json);
  }

  private static String model(String name) {
    return "{\"model\":\"" + name + "\"}";
  }

  private Answer answer(Ask ask) throws IOException {
    return answer(server(), ask);
  }

  private static Answer answer(ServerProcess server, Ask ask) throws IOException {
    try (Wire wire = new Wire(server.port())) {
      return wire.send(ask.bytes()).answerTo(ask.method());
    }
  }

  private int hits(String test) throws IOException {
    return Integer.parseInt(answer(Ask.get("/hits?" + test)).text());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/own/echo       | nobody | {\"model\":\"qwen-max\"} | 401",
        "/own/echo       | acme   | {\"model\":\"gpt-7\"}    | 404",
        "/own/echo       | narrow | {\"model\":\"qwen-max\"} | 403",
        "/own/echo       | acme   | {\"model\":\"qwen-max\"  | 400",
        "/app/by-handler | acme   | {\"model\":\"gpt-7\"}    | 404",
        "/app/servlet    | acme   | {\"model\":\"gpt-7\"}    | 404",
        "/app/servlet    | narrow | {\"model\":\"qwen-max\"} | 403",
      })
  default void refuses_by_head_and_body_before_any_handler_is_called(
      String path, String key, String json, int status) throws IOException {
    String test = "refused" + path.replace('/', '-') + status;
    Answer refused = answer(ask(path, key, json).header("X-Test", test));

    assertThat(refused.status()).as(refused.toString()).isEqualTo(status);
    assertThat(refused.text()).startsWith("{\"error\":{");
    assertThat(hits(test)).isZero();
    assertThat(answer(ask(path, "acme", model("qwen-max")).header("X-Test", test)).status())
        .isEqualTo(200);
    assertThat(hits(test)).isEqualTo(1);
  }

  @Test
  default void refuses_a_body_that_is_too_large() throws IOException {
    String large = "{\"model\":\"qwen-max\",\"text\":\"" + "x".repeat(70_000) + "\"}";
    for (int chunk : new int[] {0, 7_777}) {
      Answer refused = answer(ask("/own/echo", "acme", large).chunked(chunk));
      assertThat(refused.status()).isEqualTo(413);
      assertThat(refused.text()).startsWith("{\"error\":{");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/own/echo", "/own/later", "/own/again", "/app/by-handler", "/app/servlet"})
  default void repairs_texts_and_names_the_model_behind_an_endpoint(String path)
      throws IOException {
    Answer answer = answer(ask(path, "acme", "{\"model\":\"team-a\",\"x\":\"你好🙂\"}"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.type()).isEqualTo("text/event-stream;charset=utf-8");
    assertThat(answer.text()).isEqualTo("{\"model\":\"qwen-max\",\"x\":\"你好🙂\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/own/usage", "/own/usage-later", "/app/usage"})
  default void charges_what_an_answer_reports(String path) throws IOException {
    long level = tokensLeft();
    assertThat(answer(ask(path, "charge", model("qwen-max"))).text()).contains("total_tokens");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (level - tokensLeft() != 44 && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
    assertThat(level - tokensLeft()).isEqualTo(44);
  }

  private long tokensLeft() throws IOException {
    Answer refused = answer(ask("/own/echo", "charge", model("gpt-7")));
    assertThat(refused.status()).isEqualTo(404);
    return Long.parseLong(refused.header("x-ratelimit-remaining-tokens"));
  }

  @Test
  default void counts_a_call_once() throws IOException {
    List<Integer> statuses = new ArrayList<>();
    for (String path : List.of("/own/echo", "/app/servlet", "/app/servlet")) {
      statuses.add(answer(ask(path, "rpm", model("qwen-max"))).status());
    }
    assertThat(statuses).containsExactly(200, 200, 429);
  }

  /** There is but one worker. */
  @ParameterizedTest
  @CsvSource({
    "/own/echo, 200",
    "/own/later, 200",
    "/own/again, 200",
    "/own/throw, 500",
    "/own/error, 503",
    "/own/nowhere, 404",
    "/app/throw, 500",
  })
  default void lets_go_of_the_worker_however_a_call_ends(String path, int status)
      throws IOException {
    for (int i = 0; i < 3; i++) {
      Answer answer = answer(ask(path, "acme", model("qwen-max")));
      assertThat(answer.status()).isEqualTo(status);
      if (status != 500 || writesPagesForHandlers()) {
        assertThat(answer.text()).startsWith(status == 200 ? "{\"model\"" : "{\"error\":{");
      }
      assertThat(answer.text()).doesNotContain("secret");
    }
  }

  /** Pitfall 56: its time ends it once, and the thread that it had is not interrupted in the calls that it serves from then on. */
  @ParameterizedTest
  @ValueSource(strings = {"/own/slow", "/app/slow"})
  default void a_call_whose_time_is_over_is_told_so_and_interrupts_no_other(String path)
      throws IOException {
    String test = "slow" + path.replace('/', '-');
    Ask late = ask(path, "acme", model("qwen-max")).header("X-Test", test);
    late.header("X-Sleep", 20_000);
    int inside = 0;
    while (inside == 0) {
      // On a machine that is busy its time may be over before the app has it.
      Answer told = answer(late);
      assertThat(told.status()).isEqualTo(408);
      assertThat(told.text()).startsWith("{\"error\":{").doesNotContain("model\":");
      inside = hits(test);
    }
    // The client has its answer first.
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (hits(test + "-interrupted") < inside && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
    assertThat(hits(test + "-interrupted")).isEqualTo(inside);
    for (int i = 0; i < 8; i++) {
      // They end at about their time, and some of them just before it.
      Ask narrowly = ask(path, "acme", model("qwen-max")).header("X-Sleep", 192 + 2 * i);
      assertThat(answer(narrowly).status()).isIn(200, 408);
    }
    for (int i = 0; i < 20; i++) {
      assertThat(answer(ask("/own/echo", "acme", model("qwen-max"))).status()).isEqualTo(200);
    }
    assertThat(hits("met-interrupted")).isZero();
    assertThat(hits(test + "-interrupted")).isEqualTo(inside);
  }

  @Test
  default void an_admitted_call_is_answered_byte_by_byte_as_without_the_guard() throws IOException {
    for (Ask ask :
        List.of(
            ask("/own/copy", "acme", "{\"model\":\"qwen-max\",\"x\":\"你好🙂\"}"),
            Ask.get("/files/page.bin").key("acme"),
            Ask.of("HEAD", "/files/page.bin").key("acme"),
            Ask.get("/files/page.bin").key("acme").header("Range", "bytes=2-5"),
            Ask.get("/hits?none"))) {
      Answer guarded = answer(ask);
      Answer plain = answer(unguarded(), ask);
      assertThat(guarded.body()).isEqualTo(plain.body());
      assertThat(withoutDates(guarded)).isEqualTo(withoutDates(plain));
      assertThat(guarded.status()).isIn(200, 206);
    }
  }

  private static List<String> withoutDates(Answer answer) {
    return answer.head().stream()
        .filter(line -> !line.startsWith("Date: ") && !line.startsWith("Last-Modified: "))
        .filter(line -> !line.toLowerCase(java.util.Locale.ROOT).startsWith("x-request-id: "))
        .toList();
  }

  /** A file is none of a servlet's, and no wrapper may keep it from being judged. */
  @Test
  default void a_file_needs_a_key() throws IOException {
    assertThat(answer(Ask.get("/files/page.bin")).status()).isEqualTo(401);
  }
}
