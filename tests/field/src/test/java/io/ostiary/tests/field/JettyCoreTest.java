package io.ostiary.tests.field;

import static io.ostiary.tests.field.CoreServer.play;
import static org.assertj.core.api.Assertions.assertThat;

import io.ostiary.tests.contract.Answer;
import io.ostiary.tests.contract.Ask;
import io.ostiary.tests.contract.Keys;
import io.ostiary.tests.contract.Wire;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pitfall 8: handlers of Jetty 12's core are guarded as servlets are, be they ones that block or not. */
@ParameterizedClass(name = "{0}, blocks: {1}")
@MethodSource("servers")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JettyCoreTest {

  private static final String USAGE =
      """
      data: {"choices":[{"index":0,"delta":{"content":"你好🙂"}}],"usage":null}

      data: {"choices":[],"usage":{"prompt_tokens":21,"completion_tokens":12,"total_tokens":33}}

      data: [DONE]

      """;

  @Parameter(0)
  private Server kind;

  @Parameter(1)
  private boolean blocks;

  private CoreServer server;

  static Stream<Arguments> servers() {
    return Server.core().stream()
        .flatMap(kind -> Stream.of(Arguments.of(kind, true), Arguments.of(kind, false)));
  }

  @BeforeParameterizedClassInvocation
  void start() throws IOException {
    server = CoreServer.start(kind, blocks);
  }

  @AfterParameterizedClassInvocation
  void stop() throws IOException {
    server.close();
  }

  private static Ask ask(String path, String key, String json) {
    return Ask.of("POST", path).key(key).json(json);
  }

  private static String model(String name) {
    return "{\"model\":\"" + name + "\"}";
  }

  private static String random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return java.util.Base64.getEncoder().encodeToString(bytes);
  }

  // ---- who may call what

  @Test
  void refuses_by_the_head_before_any_handler_is_called() throws IOException {
    String test = "head-refused";
    Ask nobody = Ask.of("POST", "/core/play").header("X-Test", test).json(model("qwen-max"));
    assertThat(server.ask(nobody).status()).isEqualTo(401);
    Ask stranger = ask("/core/play", "nobody", model("qwen-max")).header("X-Test", test);
    assertThat(server.ask(stranger).status()).isEqualTo(401);
    try (Wire wire = server.connect()) {
      Ask large = Ask.of("POST", "/small/echo/text").key("acme");
      assertThat(wire.send(large.headDeclaring(100_000)).answer().status()).isEqualTo(413);
    }
    assertThat(server.hits(test)).isZero();
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
  void refuses_by_the_body_before_any_handler_is_called(String key, String body, int status)
      throws IOException {
    String test = "body-refused-" + status;
    Answer answer = server.ask(ask("/core/play", key, body).header("X-Test", test));

    assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
    assertThat(answer.text()).startsWith("{\"error\":{");
    assertThat(server.hits(test)).isZero();
    try (Wire wire = server.connect()) {
      // The connection is kept.
      byte[] call = ask("/core/play", key, body).bytes();
      assertThat(wire.send(call).answerTo("POST").status()).isEqualTo(status);
      assertThat(wire.send(call).answerTo("POST").status()).isEqualTo(status);
    }
  }

  @Test
  void refuses_a_body_that_is_too_large_when_it_is_unpacked() throws IOException {
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

    assertThat(server.ask(bomb).status()).isEqualTo(413);
  }

  @Test
  void gives_the_model_behind_a_custom_endpoint_to_the_handler() throws IOException {
    assertThat(server.ask(ask("/echo/text", "acme", model("team-a"))).text())
        .isEqualTo(model("qwen-max"));
    List<String> byPath =
        server
            .ask(Ask.of("POST", "/models/team-a/infer?x=1").key("acme").json("{}"))
            .text()
            .lines()
            .toList();
    assertThat(byPath).startsWith("/models/qwen-max/infer?x=1", "/models/qwen-max/infer", "2");
    assertThat(server.ask(Ask.get("/head/query?a=b&model=team-a").key("acme")).text())
        .startsWith("/head/query?a=b&model=qwen-max\n");
    String length = server.ask(ask("/core/head", "acme", model("team-a"))).text();
    assertThat(length)
        .contains("\n" + model("qwen-max").length() + "\n")
        .contains("Content-Length: 20");
  }

  @Test
  void touches_nothing_of_a_call_that_the_policy_does_not_speak_of() throws IOException {
    Answer answer = server.ask(Ask.get("/free/head").header("X-Free", "yes"));

    assertThat(answer.text()).contains("\nChannelRequest ChannelResponse ChannelCallback\n");
    assertThat(server.ask(Ask.get("/nowhere")).status()).isEqualTo(404);
    assertThat(server.ask(Ask.get("/nowhere")).text()).startsWith("<html>");
    assertThat(server.ask(Ask.get("/free/trouble/throw")).text()).startsWith("<html>");
  }

  @Test
  void shows_no_key_to_a_handler_and_tells_whose_it_is() throws IOException {
    Ask byHeader = ask("/core/head?a=b", "acme", model("qwen-max"));
    String query = "?api_key=" + Keys.secretOf("acme") + "&a=b";
    Ask byQuery = Ask.of("POST", "/core/head" + query).json(model("qwen-max"));
    for (Ask each : List.of(byHeader, byQuery)) {
      assertThat(server.ask(each.header("X-Ostiary-Key", "narrow")).text())
          .startsWith("/core/head?a=b\n")
          .contains("X-Ostiary-Key: acme")
          .doesNotContain("Authorization", "narrow");
    }
    assertThat(server.ask(Ask.get("/free/head").header("X-Ostiary-Key", "narrow")).text())
        .contains("\nJettyCoreRequest ")
        .doesNotContain("narrow");
  }

  // ---- bodies

  @ParameterizedTest
  @ValueSource(strings = {"text", "stream", "copy", "loop", "each"})
  void a_handler_reads_the_whole_body_in_each_of_its_ways(String way) throws IOException {
    for (int size : new int[] {0, 10, 20_000, 3_000_000}) {
      String json = "{\"model\":\"qwen-max\",\"text\":\"" + random(size) + "\"}";
      for (int chunk : new int[] {0, 7_777}) {
        Ask ask = ask("/echo/" + way, "acme", json).chunked(chunk);
        Answer answer = server.ask(ask);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(json.getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  @Test
  void a_body_that_nobody_reads_harms_nobody() throws IOException {
    try (Wire wire = server.connect()) {
      byte[] call = ask("/echo/unread", "acme", model("qwen-max")).bytes();
      assertThat(wire.send(call).answerTo("POST").text()).isEqualTo("unread");
      assertThat(wire.send(call).answerTo("POST").text()).isEqualTo("unread");
    }
  }

  @Test
  void a_handler_that_fails_when_it_is_told_of_the_body_has_failed() throws IOException {
    Answer answer = server.ask(ask("/echo/told-throws", "acme", model("qwen-max")));
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.text()).startsWith("{\"error\":{").doesNotContain("secret");
  }

  @Test
  void a_client_that_waits_to_be_asked_is_asked_only_once_it_may_call() throws IOException {
    byte[] body = model("qwen-max").getBytes(StandardCharsets.UTF_8);
    try (Wire wire = server.connect()) {
      Ask ask = Ask.of("POST", "/echo/copy").key("acme").header("Expect", "100-continue");
      wire.send(ask.header("Content-Type", "application/json").headDeclaring(body.length));
      assertThat(wire.answer().status()).isEqualTo(100);
      assertThat(wire.send(body).answerTo("POST").body()).isEqualTo(body);
    }
    try (Wire wire = server.connect()) {
      Ask ask = Ask.of("POST", "/echo/copy").key("nobody").header("Expect", "100-continue");
      assertThat(wire.send(ask.headDeclaring(body.length)).answer().status()).isEqualTo(401);
    }
  }

  @Test
  void a_body_that_comes_bit_by_bit_is_waited_for() throws IOException {
    byte[] call = ask("/echo/loop", "acme", model("qwen-max")).bytes();
    try (Wire wire = server.connect()) {
      wire.send(Arrays.copyOf(call, call.length - 8));
      assertThat(server.ask(Ask.get("/hits?none")).status()).isEqualTo(200);
      wire.send(Arrays.copyOfRange(call, call.length - 8, call.length));
      assertThat(wire.answerTo("POST").text()).isEqualTo(model("qwen-max"));
    }
  }

  @Test
  void a_body_that_breaks_off_reaches_no_handler() throws IOException {
    String test = "broken-" + blocks;
    byte[] call = ask("/core/play", "acme", model("qwen-max")).header("X-Test", test).bytes();
    try (Wire wire = server.connect()) {
      wire.send(Arrays.copyOf(call, call.length - 8));
    }
    server.awaitNothingHeld();
    assertThat(server.hits(test)).isZero();
  }

  // ---- limits

  @Test
  void counts_calls_exactly() throws IOException {
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      statuses.add(server.ask(ask("/echo/text", "rpm", model("qwen-max"))).status());
    }
    assertThat(statuses).containsExactly(200, 200, 429);
  }

  @ParameterizedTest
  @CsvSource({
    "text/event-stream,1000000,",
    "text/event-stream,1,",
    "text/event-stream,7,thread",
  })
  void charges_what_a_stream_reports_however_it_is_cut(String type, int cut, String via)
      throws IOException {
    long level = server.tokensLeft("charge");
    Ask ask = play("/core/play", "charge", USAGE).header("X-Type", type).header("X-Cut", cut);
    Answer answer = server.ask(via == null ? ask : ask.header("X-Via", via));

    assertThat(answer.text()).isEqualTo(USAGE);
    assertThat(answer.type()).isEqualTo("text/event-stream;charset=utf-8");
    server.awaitCharge("charge", level, 33);
  }

  @Test
  void charges_what_an_answer_in_json_reports_and_nothing_for_an_error() throws IOException {
    long level = server.tokensLeft("charge");
    String json = "{\"choices\":[],\"usage\":{\"total_tokens\":44}}";
    Ask ask = play("/core/play", "charge", json).header("X-Type", "application/json");
    assertThat(server.ask(ask).text()).isEqualTo(json);
    server.awaitCharge("charge", level, 44);
    level -= 44;
    for (String trouble : List.of("throw", "failed", "later", "write-error", "status", "html")) {
      server.ask(ask("/core/trouble/" + trouble, "charge", model("qwen-max")));
    }
    server.awaitCharge("charge", level, 0);
  }

  @Test
  void charges_what_an_answer_reports_that_leaves_zipped() throws IOException {
    long level = server.tokensLeft("charge");
    String json = "{\"x\":\"" + "x".repeat(100) + "\",\"usage\":{\"total_tokens\":55}}";
    Answer answer =
        server.ask(
            play("/core/play", "charge", json)
                .header("X-Type", "application/json")
                .header("X-Cut", 50)
                .header("Accept-Encoding", "gzip"));

    assertThat(answer.header("Content-Encoding")).isEqualTo("gzip");
    try (var unzipped = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
      assertThat(unzipped.readAllBytes()).asString().isEqualTo(json);
    }
    server.awaitCharge("charge", level, 55);
  }

  @Test
  void ends_a_stream_that_a_budget_does_not_pay_for() throws IOException {
    String event =
        "data: {\"choices\":[{\"delta\":{\"content\":\"" + "x".repeat(200) + "\"}}]}\n\n";
    Answer answer =
        server.ask(
            play("/stopped/play", "stop", event.repeat(20))
                .header("X-Type", "text/event-stream")
                .header("X-Cut", event.length()));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).startsWith(event).contains("\"error\"");
    assertThat(answer.text().length()).isLessThan(10 * event.length());
  }

  @Test
  void tells_limits_and_request_id() throws IOException {
    Answer answer =
        server.ask(play("/core/play", "told", "{}").header("X-Type", "application/json"));

    int left = Integer.parseInt(answer.header("x-ratelimit-remaining-requests"));
    assertThat(answer.header("x-request-id")).isNotNull();
    assertThat(answer.type()).isEqualTo("application/json;charset=utf-8");
    Answer failed = server.ask(ask("/core/trouble/throw", "told", model("qwen-max")));
    assertThat(failed.header("x-ratelimit-remaining-requests")).isEqualTo("" + (left - 1));
  }

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
  void tells_errors_in_the_words_of_the_route(String trouble, int status) throws IOException {
    for (String method : List.of("POST", "PUT")) {
      try (Wire wire = server.connect()) {
        Ask ask = Ask.of(method, "/core/trouble/" + trouble).key("acme").json(model("qwen-max"));
        Answer answer = wire.send(ask.bytes()).answerTo(method);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.type()).isEqualTo("application/json;charset=utf-8");
        assertThat(answer.text()).startsWith("{\"error\":{").doesNotContain("secret", "Gone");
        // The connection is kept.
        assertThat(wire.send(ask.bytes()).answerTo(method).status()).isEqualTo(status);
      }
    }
    server.awaitNothingHeld();
  }

  @Test
  void tells_what_the_handler_says_of_a_client_s_error() throws IOException {
    assertThat(server.ask(ask("/core/trouble/write-error", "acme", model("qwen-max"))).text())
        .contains("it is taken");
    assertThat(server.ask(ask("/core/trouble/false", "acme", model("qwen-max"))).text())
        .doesNotContain("Not Found\"");
  }

  @Test
  void leaves_an_error_in_json_unless_all_are_to_be_told_anew() throws IOException {
    assertThat(server.ask(ask("/core/trouble/json", "acme", model("qwen-max"))).text())
        .isEqualTo("{\"detail\":\"it is taken\"}");
    assertThat(server.ask(ask("/all/trouble/json", "acme", model("qwen-max"))).text())
        .startsWith("{\"error\":{")
        .contains("it is taken");
  }

  @Test
  void ends_a_stream_on_which_the_handler_fails_with_an_event() throws IOException {
    Answer answer = server.ask(ask("/core/trouble/stream", "acme", model("qwen-max")));

    assertThat(answer.text())
        .startsWith("data: {}\n\n")
        .contains("\"error\"")
        .doesNotContain("secret");
  }

  @Test
  void cuts_another_answer_on_which_the_handler_fails() throws IOException {
    try (Wire wire = server.connect()) {
      wire.send(ask("/core/trouble/begun", "acme", model("qwen-max")).bytes());
      org.assertj.core.api.Assertions.assertThatThrownBy(() -> wire.answerTo("POST"))
          .isInstanceOf(Exception.class);
    }
    server.awaitNothingHeld();
  }

  @Test
  void a_call_that_is_completed_twice_is_answered_once() throws IOException {
    try (Wire wire = server.connect()) {
      byte[] call = ask("/core/trouble/twice", "acme", model("qwen-max")).bytes();
      assertThat(wire.send(call).answerTo("POST").text()).isEqualTo("once");
      assertThat(wire.send(call).answerTo("POST").text()).isEqualTo("once");
    }
    server.awaitNothingHeld();
  }

  // ---- workers and time

  @Test
  void who_finds_the_queue_full_is_refused_at_once() throws IOException {
    List<Wire> wires = new ArrayList<>();
    String test = "full-" + blocks;
    for (int i = 0; i < 3; i++) {
      Ask ask = play("/core/play", "acme", "{}").header("X-Test", test).header("X-Pause", 600);
      Wire wire = server.connect();
      wires.add(wire.send(ask.header("X-Via", i == 0 ? "thread" : "none").bytes()));
    }
    server.awaitHits(test, 3);
    for (int i = 0; i < 2; i++) {
      Wire wire = server.connect();
      wires.add(wire.send(play("/core/play", "acme", "{}").bytes()));
      assertThat(wire.hears(60)).isFalse();
    }
    assertThat(server.ask(play("/eas/play", "acme", "{}")).status()).isEqualTo(450);
    for (Wire wire : wires) {
      assertThat(wire.answerTo("POST").status()).isEqualTo(200);
      wire.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "thread"})
  void a_call_whose_time_is_over_is_answered_in_place_of_the_handler(String via)
      throws IOException {
    Ask late = play("/timed/play", "acme", "{}").header("X-Pause", 1200).header("X-Via", via);
    Answer answer = server.ask(late);

    assertThat(answer.status()).isEqualTo(408);
    assertThat(answer.text()).startsWith("{\"error\":{");
    Ask stream =
        play("/timed/play", "acme", "data: {}\n\n")
            .header("X-Type", "text/event-stream")
            .header("X-Pause", 250)
            .header("X-Times", 8)
            .header("X-Via", via);
    assertThat(server.ask(stream).text()).startsWith("data: {}\n\n").contains("\"error\"");
    server.awaitNothingHeld();
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "thread"})
  void a_client_that_goes_lets_go_of_its_worker(String via) throws IOException {
    String test = "gone-" + via + blocks;
    for (int i = 0; i < 3; i++) {
      try (Wire wire = server.connect()) {
        Ask ask =
            play("/core/play", "acme", "data: " + "x".repeat(1_000) + "\n\n")
                .header("X-Test", test)
                .header("X-Type", "text/event-stream")
                .header("X-Pause", 20)
                .header("X-Times", 1_000_000);
        wire.send(ask.header("X-Via", via).bytes());
        server.awaitHits(test + "-taken", 2 * i + 1);
        wire.breakOff();
      }
    }
    server.awaitNothingHeld();
    server.awaitHits(test + "-stopped", 3);
  }

  @Test
  void an_answer_for_which_nobody_has_waited_is_not_written() throws IOException {
    String test = "unawaited-" + blocks;
    try (Wire wire = server.connect()) {
      Ask ask = play("/core/play", "acme", "{}").header("X-Test", test).header("X-Pause", 300);
      wire.send(ask.bytes());
      server.awaitHits(test, 1);
      wire.endOutput();
      assertThat(wire.answerTo("POST").status()).isEqualTo(499);
    }
    server.awaitNothingHeld();
  }

  @Test
  void a_slot_is_free_for_the_next_call_of_its_key() throws IOException {
    for (int i = 0; i < 20; i++) {
      assertThat(server.ask(ask("/echo/copy", "single", model("qwen-max"))).status())
          .isEqualTo(200);
      server.ask(ask("/core/trouble/failed", "single", model("qwen-max")));
    }
  }

  // ---- the rest of HTTP

  @Test
  void answers_to_head_have_no_body() throws IOException {
    try (Wire wire = server.connect()) {
      Ask ok = Ask.of("HEAD", "/head/query?model=qwen-max").key("acme");
      Ask bad = Ask.of("HEAD", "/head/query?model=gpt-7").key("acme");
      assertThat(wire.send(ok.bytes()).answerTo("HEAD").status()).isEqualTo(200);
      assertThat(wire.send(bad.bytes()).answerTo("HEAD").status()).isEqualTo(404);
      assertThat(wire.send(ok.bytes()).answerTo("HEAD").status()).isEqualTo(200);
    }
  }

  @Test
  void a_connection_that_is_to_be_upgraded_is_not_wrapped() throws IOException {
    Ask ask =
        Ask.get("/head/query?model=qwen-max")
            .key("acme")
            .header("Connection", "Upgrade")
            .header("Upgrade", "websocket");

    assertThat(server.ask(ask).text()).contains("\nJettyCoreRequest ChannelResponse ");
    server.awaitNothingHeld();
  }

  @Test
  void calls_over_http_2_are_guarded_too() throws Exception {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
    URI uri = URI.create("http://localhost:" + server.process().port());
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
