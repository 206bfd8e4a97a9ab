package io.ostiary.tests.field;

import static io.ostiary.tests.field.CoreServer.call;
import static io.ostiary.tests.field.CoreServer.model;
import static io.ostiary.tests.field.CoreServer.play;
import static io.ostiary.tests.field.CoreServer.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ostiary.tests.contract.Answer;
import io.ostiary.tests.contract.Ask;
import io.ostiary.tests.contract.Wire;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the answers of a handler of Jetty's core end, and what it holds until then. */
interface CoreAnswers {

  CoreServer server();

  boolean blocks();

  // ---- errors

  @ParameterizedTest
  @CsvSource({
    "throw,500",
    "error,500",
    "failed,500",
    "later,500",
    "write-error,409",
    "status,503",
    "html,410",
    "false,404",
    "bad,415",
  })
  default void tells_errors_in_the_words_of_the_route(String trouble, int status)
      throws IOException {
    for (String method : List.of("POST", "PUT")) {
      try (Wire wire = server().connect()) {
        Ask ask = Ask.of(method, "/core/trouble/" + trouble).key("acme").json(model("qwen-max"));
        Answer answer = wire.send(ask.bytes()).answerTo(method);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.type()).isEqualTo("application/json;charset=utf-8");
        assertThat(answer.text()).startsWith("{\"error\":{").doesNotContain("secret", "Gone");
        // The connection is kept.
        assertThat(wire.send(ask.bytes()).answerTo(method).status()).isEqualTo(status);
      }
    }
    server().awaitNothingHeld();
  }

  @Test
  default void tells_what_the_handler_says_of_a_client_s_error() throws IOException {
    assertThat(server().ask(call("/core/trouble/write-error", "acme", model("qwen-max"))).text())
        .contains("it is taken");
    assertThat(server().ask(call("/core/trouble/false", "acme", model("qwen-max"))).text())
        .doesNotContain("Not Found\"");
  }

  @Test
  default void leaves_an_error_in_json_unless_all_are_to_be_told_anew() throws IOException {
    assertThat(server().ask(call("/core/trouble/json", "acme", model("qwen-max"))).text())
        .isEqualTo("{\"detail\":\"it is taken\"}");
    assertThat(server().ask(call("/all/trouble/json", "acme", model("qwen-max"))).text())
        .startsWith("{\"error\":{")
        .contains("it is taken");
  }

  @ParameterizedTest
  @CsvSource({"recovers, {}", "recovers-late, {", "retyped, {}"})
  default void loses_nothing_of_an_answer_that_began_as_an_error(String trouble, String whole)
      throws IOException {
    assertThat(server().ask(call("/core/trouble/" + trouble, "acme", model("qwen-max"))).text())
        .isEqualTo(whole);
  }

  @Test
  default void ends_a_stream_on_which_the_handler_fails_with_an_event() throws IOException {
    Answer answer = server().ask(call("/core/trouble/stream", "acme", model("qwen-max")));

    assertThat(answer.text())
        .startsWith("data: {}\n\n")
        .contains("\"error\"")
        .doesNotContain("secret");
  }

  @Test
  default void cuts_another_answer_on_which_the_handler_fails() throws IOException {
    try (Wire wire = server().connect()) {
      wire.send(call("/core/trouble/begun", "acme", model("qwen-max")).bytes());
      assertThatThrownBy(() -> wire.answerTo("POST")).isInstanceOf(Exception.class);
    }
    server().awaitNothingHeld();
  }

  @Test
  default void a_call_that_is_completed_twice_is_answered_once() throws IOException {
    try (Wire wire = server().connect()) {
      byte[] call = call("/core/trouble/twice", "acme", model("qwen-max")).bytes();
      assertThat(wire.send(call).answerTo("POST").text()).isEqualTo("once");
      assertThat(wire.send(call).answerTo("POST").text()).isEqualTo("once");
    }
    server().awaitNothingHeld();
  }

  // ---- workers and time

  @Test
  default void who_finds_the_queue_full_is_refused_at_once() throws IOException {
    List<Wire> wires = new ArrayList<>();
    String test = "full-" + blocks();
    for (int i = 0; i < 3; i++) {
      Ask ask = play("/core/play", "acme", "{}").header("X-Test", test).header("X-Pause", 600);
      Wire wire = server().connect();
      wires.add(wire.send(ask.header("X-Via", i == 0 ? "thread" : "none").bytes()));
    }
    server().awaitHits(test, 3);
    for (int i = 0; i < 2; i++) {
      Wire wire = server().connect();
      wires.add(wire.send(play("/core/play", "acme", "{}").bytes()));
      assertThat(wire.hears(60)).isFalse();
    }
    assertThat(server().ask(play("/eas/play", "acme", "{}")).status()).isEqualTo(450);
    for (Wire wire : wires) {
      assertThat(wire.answerTo("POST").status()).isEqualTo(200);
      wire.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "thread"})
  default void a_call_whose_time_is_over_is_answered_in_place_of_the_handler(String via)
      throws IOException {
    Ask late = play("/timed/play", "acme", "{}").header("X-Pause", 1200).header("X-Via", via);
    Answer answer = server().ask(late);

    assertThat(answer.status()).isEqualTo(408);
    assertThat(answer.text()).startsWith("{\"error\":{");
    Ask stream =
        play("/timed/play", "acme", "data: {}\n\n")
            .header("X-Type", "text/event-stream")
            .header("X-Pause", 250)
            .header("X-Times", 8)
            .header("X-Via", via);
    assertThat(server().ask(stream).text()).startsWith("data: {}\n\n").contains("\"error\"");
    server().awaitNothingHeld();
  }

  /** Q2, R11: who takes nothing of an answer that has begun. */
  @ParameterizedTest
  @ValueSource(strings = {"none", "thread"})
  default void a_client_that_reads_nothing_keeps_no_worker_past_its_time(String via)
      throws IOException {
    String test = "unread-" + via + blocks();
    List<Wire> stuck = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Ask ask =
          play("/timed/play", "acme", "data: " + "x".repeat(3_000) + "\n\n")
              .header("X-Test", test)
              .header("X-Type", "text/event-stream")
              .header("X-Times", 10_000);
      stuck.add(server().connect().send(ask.header("X-Via", via).bytes()));
    }
    server().awaitHits(test, 3);
    awaitNothingHeldSoon();
    server().awaitHits(test + "-stopped", 3);
    assertThat(server().process().outputWith("TIMED_OUT")).contains("TIMED_OUT");
    for (Wire wire : stuck) {
      wire.close();
    }
  }

  /** Q2: a sender that falls silent in a body that the handler reads. */
  @ParameterizedTest
  @ValueSource(strings = {"stream", "loop"})
  default void a_sender_that_falls_silent_keeps_no_worker_past_its_time(String way)
      throws IOException {
    List<Wire> silent = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Ask ask = Ask.of("POST", "/timed/echo/" + way).key("acme");
      silent.add(server().connect().send(ask.headDeclaring(1_000)).send("{"));
    }
    for (Wire wire : silent) {
      assertThat(wire.answerTo("POST").status()).isEqualTo(408);
      wire.close();
    }
    awaitNothingHeldSoon();
  }

  /** Sooner than Jetty itself ends a connection on which nothing happens, and whoever waits in the line. */
  private void awaitNothingHeldSoon() throws IOException {
    long start = System.nanoTime();
    server().awaitNothingHeld();
    assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isLessThan(8_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "thread"})
  default void a_client_that_goes_lets_go_of_its_worker(String via) throws IOException {
    String test = "gone-" + via + blocks();
    for (int i = 0; i < 3; i++) {
      try (Wire wire = server().connect()) {
        Ask ask =
            play("/core/play", "acme", "data: " + "x".repeat(1_000) + "\n\n")
                .header("X-Test", test)
                .header("X-Type", "text/event-stream")
                .header("X-Pause", 20)
                .header("X-Times", 1_000_000);
        wire.send(ask.header("X-Via", via).bytes());
        server().awaitHits(test + "-taken", 2 * i + 1);
        wire.breakOff();
      }
    }
    server().awaitNothingHeld();
    server().awaitHits(test + "-stopped", 3);
  }

  @Test
  default void an_answer_for_which_nobody_has_waited_is_not_written() throws IOException {
    String test = "unawaited-" + blocks();
    try (Wire wire = server().connect()) {
      Ask ask = play("/core/play", "acme", "{}").header("X-Test", test).header("X-Pause", 300);
      wire.send(ask.bytes());
      server().awaitHits(test, 1);
      wire.endOutput();
      assertThatThrownBy(() -> wire.answerTo("POST")).isInstanceOf(IOException.class);
    }
    server().awaitNothingHeld();
    String log = "access: 499 /core/play " + test;
    assertThat(server().process().outputWith(log)).contains(log);
  }

  @Test
  default void a_slot_is_free_for_the_next_call_of_its_key() throws IOException {
    for (int i = 0; i < 20; i++) {
      assertThat(server().ask(call("/echo/copy", "single", model("qwen-max"))).status())
          .isEqualTo(200);
      server().ask(call("/core/trouble/failed", "single", model("qwen-max")));
    }
  }

  // ---- the rest of HTTP

  @Test
  default void answers_to_head_have_no_body() throws IOException {
    try (Wire wire = server().connect()) {
      Ask ok = Ask.of("HEAD", "/head/query?model=qwen-max").key("acme");
      Ask bad = Ask.of("HEAD", "/head/query?model=gpt-7").key("acme");
      assertThat(wire.send(ok.bytes()).answerTo("HEAD").status()).isEqualTo(200);
      assertThat(wire.send(bad.bytes()).answerTo("HEAD").status()).isEqualTo(404);
      assertThat(wire.send(ok.bytes()).answerTo("HEAD").status()).isEqualTo(200);
    }
  }

  @Test
  default void a_connection_that_is_to_be_upgraded_is_not_wrapped() throws IOException {
    Ask ask =
        Ask.get("/head/query?model=qwen-max")
            .key("acme")
            .header("Connection", "Upgrade")
            .header("Upgrade", "websocket");

    assertThat(server().ask(ask).text()).contains("\nJettyCoreRequest ChannelResponse ");
    server().awaitNothingHeld();
  }

  @Test
  default void calls_over_http_2_are_guarded_too() throws Exception {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
    URI uri = URI.create("http://localhost:" + server().process().port());
    client.send(HttpRequest.newBuilder(uri.resolve("/hits?x")).build(), BodyHandlers.ofString());
    String json = "{\"model\":\"qwen-max\",\"text\":\"" + random(300_000) + "\"}";

    HttpResponse<String> echoed =
        client.send(over2(uri, "/echo/loop", json), BodyHandlers.ofString());
    assertThat(echoed.version()).isEqualTo(HttpClient.Version.HTTP_2);
    assertThat(echoed.body()).isEqualTo(json);
    HttpRequest other = over2(uri, "/echo/loop", model("gpt-7"));
    assertThat(client.send(other, BodyHandlers.ofString()).statusCode()).isEqualTo(404);
    HttpRequest bad = over2(uri, "/core/trouble/throw", model("qwen-max"));
    assertThat(client.send(bad, BodyHandlers.ofString()).body()).startsWith("{\"error\":{");
  }

  private static HttpRequest over2(URI uri, String path, String json) {
    return HttpRequest.newBuilder(uri.resolve(path))
        .header("Authorization", CoreServer.bearer("acme"))
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(json))
        .build();
  }
}
