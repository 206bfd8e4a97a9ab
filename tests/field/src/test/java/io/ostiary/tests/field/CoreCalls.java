package io.ostiary.tests.field;

import static io.ostiary.tests.field.CoreServer.call;
import static io.ostiary.tests.field.CoreServer.model;
import static io.ostiary.tests.field.CoreServer.play;
import static io.ostiary.tests.field.CoreServer.random;
import static org.assertj.core.api.Assertions.assertThat;

import io.ostiary.tests.contract.Answer;
import io.ostiary.tests.contract.Ask;
import io.ostiary.tests.contract.Keys;
import io.ostiary.tests.contract.Wire;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may call a handler of Jetty's core, with what body, and what it is charged. */
interface CoreCalls {

  String USAGE =
      """
      data: {"choices":[{"index":0,"delta":{"content":"你好🙂"}}],"usage":null}

      data: {"choices":[],"usage":{"prompt_tokens":21,"completion_tokens":12,"total_tokens":33}}

      data: [DONE]

      """;

  CoreServer server();

  boolean blocks();

  // ---- who may call what

  @Test
  default void refuses_by_the_head_before_any_handler_is_called() throws IOException {
    String test = "head-refused";
    Ask nobody = Ask.of("POST", "/core/play").header("X-Test", test).json(model("qwen-max"));
    assertThat(server().ask(nobody).status()).isEqualTo(401);
    Ask stranger = call("/core/play", "nobody", model("qwen-max")).header("X-Test", test);
    assertThat(server().ask(stranger).status()).isEqualTo(401);
    try (Wire wire = server().connect()) {
      Ask large = Ask.of("POST", "/small/echo/text").key("acme");
      assertThat(wire.send(large.headDeclaring(100_000)).answer().status()).isEqualTo(413);
    }
    assertThat(server().hits(test)).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "acme   | {\"model\":\"gpt-7\"}                        | 404",
        "narrow | {\"model\":\"qwen-max\"}                     | 403",
        "acme   | {\"model\":\"qwen-max\",\"model\":\"gpt-7\"} | 400",
        "acme   | {\"model\":\"qwen-max\"                      | 400",
        "acme   | {}                                           | 400",
      })
  default void refuses_by_the_body_before_any_handler_is_called(String key, String body, int status)
      throws IOException {
    String test = "body-refused-" + status;
    Answer answer = server().ask(call("/core/play", key, body).header("X-Test", test));

    assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
    assertThat(answer.text()).startsWith("{\"error\":{");
    assertThat(server().hits(test)).isZero();
    try (Wire wire = server().connect()) {
      // The connection is kept.
      byte[] call = call("/core/play", key, body).bytes();
      assertThat(wire.send(call).answerTo("POST").status()).isEqualTo(status);
      assertThat(wire.send(call).answerTo("POST").status()).isEqualTo(status);
    }
  }

  @Test
  default void refuses_a_body_that_is_too_large_when_it_is_unpacked() throws IOException {
    var zipped = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(zipped)) {
      gzip.write((model("qwen-max") + " ".repeat(200_000)).getBytes(StandardCharsets.UTF_8));
    }
    Ask bomb =
        Ask.of("POST", "/small/echo/copy")
            .key("acme")
            .header("Content-Type", "application/json")
            .header("Content-Encoding", "gzip")
            .body(zipped.toByteArray());

    assertThat(server().ask(bomb).status()).isEqualTo(413);
  }

  @Test
  default void gives_the_model_behind_a_custom_endpoint_to_the_handler() throws IOException {
    assertThat(server().ask(call("/echo/text", "acme", model("team-a"))).text())
        .isEqualTo(model("qwen-max"));
    List<String> byPath =
        server()
            .ask(Ask.of("POST", "/models/team-a/infer?x=1").key("acme").json("{}"))
            .text()
            .lines()
            .toList();
    assertThat(byPath).startsWith("/models/qwen-max/infer?x=1", "/models/qwen-max/infer", "2");
    assertThat(server().ask(Ask.get("/head/query?a=b&model=team-a").key("acme")).text())
        .startsWith("/head/query?a=b&model=qwen-max\n");
    String length = server().ask(call("/core/head", "acme", model("team-a"))).text();
    assertThat(length)
        .contains("\n" + model("qwen-max").length() + "\n")
        .contains("Content-Length: 20");
  }

  @Test
  default void touches_nothing_of_a_call_that_the_policy_does_not_speak_of() throws IOException {
    Answer answer = server().ask(Ask.get("/free/head").header("X-Free", "yes"));

    assertThat(answer.text()).contains("\nChannelRequest ChannelResponse ChannelCallback\n");
    assertThat(server().ask(Ask.get("/nowhere")).status()).isEqualTo(404);
    assertThat(server().ask(Ask.get("/nowhere")).text()).startsWith("<html>");
    assertThat(server().ask(Ask.get("/free/trouble/throw")).text()).startsWith("<html>");
  }

  @Test
  default void shows_no_key_to_a_handler_and_tells_whose_it_is() throws IOException {
    Ask byHeader = call("/core/head?a=b", "acme", model("qwen-max"));
    String query = "?api_key=" + Keys.secretOf("acme") + "&a=b";
    Ask byQuery = Ask.of("POST", "/core/head" + query).json(model("qwen-max"));
    for (Ask each : List.of(byHeader, byQuery)) {
      assertThat(server().ask(each.header("X-Ostiary-Key", "narrow")).text())
          .startsWith("/core/head?a=b\n")
          .contains("X-Ostiary-Key: acme")
          .doesNotContain("Authorization", "narrow");
    }
    assertThat(server().ask(Ask.get("/free/head").header("X-Ostiary-Key", "narrow")).text())
        .contains("\nJettyCoreRequest ")
        .doesNotContain("narrow");
  }

  // ---- bodies

  @ParameterizedTest
  @ValueSource(strings = {"text", "stream", "copy", "loop", "each"})
  default void a_handler_reads_the_whole_body_in_each_of_its_ways(String way) throws IOException {
    for (int size : new int[] {0, 10, 20_000, 3_000_000}) {
      String json = "{\"model\":\"qwen-max\",\"text\":\"" + random(size) + "\"}";
      for (int chunk : new int[] {0, 7_777}) {
        Ask ask = call("/echo/" + way, "acme", json).chunked(chunk);
        Answer answer = server().ask(ask);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(json.getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "stream", "copy", "loop", "each"})
  default void a_body_that_would_be_too_large_is_read_on_where_it_is_only_observed(String way)
      throws IOException {
    String json = "{\"model\":\"qwen-max\",\"text\":\"" + random(200_000) + "\"}";
    for (int chunk : new int[] {0, 7_777}) {
      Answer answer = server().ask(call("/small/echo/" + way, "watched", json).chunked(chunk));
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text()).isEqualTo(json);
    }
  }

  @Test
  default void a_body_that_nobody_reads_harms_nobody() throws IOException {
    try (Wire wire = server().connect()) {
      byte[] call = call("/echo/unread", "acme", model("qwen-max")).bytes();
      assertThat(wire.send(call).answerTo("POST").text()).isEqualTo("unread");
      assertThat(wire.send(call).answerTo("POST").text()).isEqualTo("unread");
    }
  }

  @Test
  default void a_handler_that_fails_when_it_is_told_of_the_body_has_failed() throws IOException {
    Answer answer = server().ask(call("/echo/told-throws", "acme", model("qwen-max")));
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.text()).startsWith("{\"error\":{").doesNotContain("secret");
  }

  @Test
  default void a_client_that_waits_to_be_asked_is_asked_only_once_it_may_call() throws IOException {
    byte[] body = model("qwen-max").getBytes(StandardCharsets.UTF_8);
    try (Wire wire = server().connect()) {
      Ask ask = Ask.of("POST", "/echo/copy").key("acme").header("Expect", "100-continue");
      wire.send(ask.header("Content-Type", "application/json").headDeclaring(body.length));
      assertThat(wire.answer().status()).isEqualTo(100);
      assertThat(wire.send(body).answerTo("POST").body()).isEqualTo(body);
    }
    try (Wire wire = server().connect()) {
      Ask ask = Ask.of("POST", "/echo/copy").key("nobody").header("Expect", "100-continue");
      assertThat(wire.send(ask.headDeclaring(body.length)).answer().status()).isEqualTo(401);
    }
  }

  @Test
  default void a_body_that_comes_bit_by_bit_is_waited_for() throws IOException {
    byte[] call = call("/echo/loop", "acme", model("qwen-max")).bytes();
    try (Wire wire = server().connect()) {
      wire.send(Arrays.copyOf(call, call.length - 8));
      assertThat(server().ask(Ask.get("/hits?none")).status()).isEqualTo(200);
      wire.send(Arrays.copyOfRange(call, call.length - 8, call.length));
      assertThat(wire.answerTo("POST").text()).isEqualTo(model("qwen-max"));
    }
  }

  @Test
  default void a_body_that_breaks_off_reaches_no_handler() throws IOException {
    String test = "broken-" + blocks();
    byte[] call = call("/core/play", "acme", model("qwen-max")).header("X-Test", test).bytes();
    try (Wire wire = server().connect()) {
      wire.send(Arrays.copyOf(call, call.length - 8));
    }
    server().awaitNothingHeld();
    assertThat(server().hits(test)).isZero();
  }

  // ---- limits

  @Test
  default void counts_calls_exactly() throws IOException {
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      statuses.add(server().ask(call("/echo/text", "rpm", model("qwen-max"))).status());
    }
    assertThat(statuses).containsExactly(200, 200, 429);
  }

  @ParameterizedTest
  @CsvSource({
    "text/event-stream,1000000,",
    "text/event-stream,1,",
    "text/event-stream,7,thread",
  })
  default void charges_what_a_stream_reports_however_it_is_cut(String type, int cut, String via)
      throws IOException {
    long level = server().tokensLeft("charge");
    Ask ask = play("/core/play", "charge", USAGE).header("X-Type", type).header("X-Cut", cut);
    Answer answer = server().ask(via == null ? ask : ask.header("X-Via", via));

    assertThat(answer.text()).isEqualTo(USAGE);
    assertThat(answer.type()).isEqualTo("text/event-stream;charset=utf-8");
    server().awaitCharge("charge", level, 33);
  }

  @Test
  default void charges_what_an_answer_in_json_reports_and_nothing_for_an_error()
      throws IOException {
    long level = server().tokensLeft("charge");
    String json = "{\"choices\":[],\"usage\":{\"total_tokens\":44}}";
    Ask ask = play("/core/play", "charge", json).header("X-Type", "application/json");
    assertThat(server().ask(ask).text()).isEqualTo(json);
    server().awaitCharge("charge", level, 44);
    level -= 44;
    for (String trouble : List.of("throw", "failed", "later", "write-error", "status", "html")) {
      server().ask(call("/core/trouble/" + trouble, "charge", model("qwen-max")));
    }
    server().awaitCharge("charge", level, 0);
  }

  @Test
  default void charges_what_an_answer_reports_that_leaves_zipped() throws IOException {
    long level = server().tokensLeft("charge");
    String json = "{\"x\":\"" + "x".repeat(100) + "\",\"usage\":{\"total_tokens\":55}}";
    Answer answer =
        server()
            .ask(
                play("/core/play", "charge", json)
                    .header("X-Type", "application/json")
                    .header("X-Cut", 50)
                    .header("Accept-Encoding", "gzip"));

    assertThat(answer.header("Content-Encoding")).isEqualTo("gzip");
    try (var unzipped = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
      assertThat(unzipped.readAllBytes()).asString().isEqualTo(json);
    }
    server().awaitCharge("charge", level, 55);
  }

  @Test
  default void ends_a_stream_that_a_budget_does_not_pay_for() throws IOException {
    String event =
        "data: {\"choices\":[{\"delta\":{\"content\":\"" + "x".repeat(200) + "\"}}]}\n\n";
    Answer answer =
        server()
            .ask(
                play("/stopped/play", "stop", event.repeat(20))
                    .header("X-Type", "text/event-stream")
                    .header("X-Cut", event.length()));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).startsWith(event).contains("\"error\"");
    assertThat(answer.text().length()).isLessThan(10 * event.length());
  }

  @Test
  default void tells_limits_and_request_id() throws IOException {
    Answer answer =
        server().ask(play("/core/play", "told", "{}").header("X-Type", "application/json"));

    int left = Integer.parseInt(answer.header("x-ratelimit-remaining-requests"));
    assertThat(answer.header("x-request-id")).isNotNull();
    assertThat(answer.type()).isEqualTo("application/json;charset=utf-8");
    Answer failed = server().ask(call("/core/trouble/throw", "told", model("qwen-max")));
    assertThat(failed.header("x-ratelimit-remaining-requests")).isEqualTo("" + (left - 1));
  }
}
