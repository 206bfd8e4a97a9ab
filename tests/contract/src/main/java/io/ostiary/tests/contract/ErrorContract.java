package io.ostiary.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors of the app and the container, as the dialect's clients meet them: E1 to E3, H6, pitfalls 41 and 42. */
interface ErrorContract extends Guarded {

  /** Whether the guard is a filter, which does not see what becomes of a call beyond its mapping. */
  boolean comesAfterTheAppsFilters();

  /** E2: whoever raises it, and whatever the client would rather read. */
  @ParameterizedTest
  @CsvSource({
    "how=send-error&status=404,              404, unknown_url",
    "how=send-error&status=405&say=no,       405, method_not_supported",
    "how=send-error&status=413,              413, request_too_large",
    "how=send-error&status=429,              429, rate_limit_exceeded",
    "how=send-error&status=500&say=secret,   500, server_error",
    "how=send-error&status=503,              503, overloaded",
    "how=send-error&status=450,              450, invalid_request_error",
    "how=throw,                              500, server_error",
    "how=fail,                               500, server_error",
    "how=wrapped,                            500, server_error",
    "how=status&status=503,                  503, overloaded",
    "how=status&status=404,                  404, unknown_url",
    "how=write&status=400&say=<h1>secret</h1>, 400, invalid_request_error",
    "how=print&status=500&say=<h1>secret</h1>, 500, server_error",
    "how=close&status=409&say=<h1>secret</h1>, 409, invalid_request_error",
    "how=write&status=500&type=text/plain&say=secret, 500, server_error",
    "how=long&status=500,                    500, server_error",
    "how=late-status&via=stream&status=500&say=<h1>secret</h1>, 500, server_error",
    "how=late-status&via=writer&status=500&say=<h1>secret</h1>, 500, server_error",
    "how=late-status&via=stream&status=503,  503, overloaded",
    "how=late-status&via=writer&status=404,  404, unknown_url",
    "how=late-status&via=stream-again&status=500&say=<h1>secret</h1>, 500, server_error",
    "how=late-status&via=writer-again&status=500&say=<h1>secret</h1>, 500, server_error",
  })
  default void an_error_without_json_is_told_in_the_dialect(
      String trouble, int status, String expected) throws IOException {
    for (String accept : new String[] {"*/*", "text/html", "text/plain", "image/png"}) {
      Answer answer = ask(trouble("x", trouble).header("Accept", accept));
      assertThat(answer.status()).as(accept).isEqualTo(status);
      assertSpeaksOpenAi(answer);
      assertThat(answer.text()).contains(expected);
      assertThat(answer.header("x-request-id")).isEqualTo("trouble-1");
      assertThat(answer.header("Content-Length")).isEqualTo("" + answer.body().length);
    }
  }

  private static void assertSpeaksOpenAi(Answer answer) {
    assertThat(answer.type()).isEqualTo("application/json;charset=utf-8");
    assertThat(answer.text()).startsWith("{\"error\":{\"message\":\"").endsWith("}}");
    assertThat(answer.toString())
        .doesNotContain("<h1", "<html", "secret", "10.0.0.7", "Exception", "\tat ");
    // Jetty's header of its own name is its operator's to switch off.
    assertThat(answer.text())
        .doesNotContainIgnoringCase("tomcat")
        .doesNotContainIgnoringCase("jetty");
  }

  @Test
  default void what_the_app_says_of_a_client_s_error_is_told() throws IOException {
    Answer answer = ask(trouble("x", "how=send-error&status=400&say=提示为空"));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).contains("\"message\":\"提示为空\"");
  }

  /** E2: a method that the servlet does not have. */
  @Test
  default void a_method_that_is_not_there_is_told_in_the_dialect() throws IOException {
    Ask ask = Ask.of("POST", "/trouble/x").key("acme").json("{}");
    Answer answer = ask(ask);
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.text()).contains("method_not_supported");
  }

  @Test
  default void an_error_of_head_has_no_body_and_the_same_length() throws IOException {
    Answer get = ask(trouble("x", "how=send-error&status=404"));
    Ask ask = Ask.of("HEAD", "/trouble/x?how=send-error&status=404").key("acme");
    Answer head = ask(ask.header("x-request-id", "trouble-1"));
    assertThat(head.status()).isEqualTo(404);
    assertThat(head.header("Content-Length")).isEqualTo(get.header("Content-Length"));
    assertThat(head.type()).isEqualTo("application/json;charset=utf-8");
  }

  @ParameterizedTest
  @CsvSource({
    "x,    application/json,         '{\"mine\":\"你好\"}'",
    "x,    application/problem+json, '{\"title\":\"mine\"}'",
    "x,    application/x-protobuf,   mine",
    "x,    text/html,                '{\"mine\":1}'",
    "none, text/html,                <h1>mine</h1>",
    "all,  application/json,         '{\"type\":\"error\",\"error\":{\"type\":\"x\",\"message\":\"mine\"}}'",
  })
  default void an_answer_of_the_app_s_own_is_kept(String path, String type, String body)
      throws IOException {
    for (String how : new String[] {"write", "print"}) {
      String own = "how=" + how + "&status=422&type=" + type + "&say=" + body;
      Answer answer = ask(trouble(path, own));
      assertThat(answer.status()).isEqualTo(422);
      assertThat(answer.type()).startsWith(type);
      assertThat(answer.text()).isEqualTo(body);
    }
  }

  @Test
  default void an_app_may_think_better_of_an_error() throws IOException {
    Answer answer = ask(trouble("x", "how=regret&status=500"));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo("{\"well\":true}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"detail\":\"mine\"}",
        "{\"object\":\"error\",\"message\":\"mine\",\"code\":422}",
        "{\"status\":422,\"error\":\"Unprocessable\",\"message\":\"mine\"}",
      })
  default void with_all_the_message_of_json_is_carried_over(String body) throws IOException {
    String own = "how=print&status=422&type=application/json&say=" + body;
    Answer answer = ask(trouble("all", own).header("request-id", "trouble-2"));
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.text())
        .isEqualTo(
            "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"mine\"},\"request_id\":\"trouble-2\"}");
  }

  /** E2: the log has the id that the client was told, once. */
  @Test
  default void an_exception_is_logged_once_with_the_request_s_id() throws IOException {
    Ask ask = Ask.get("/trouble/x?how=throw").key("acme").header("x-request-id", "thrown-once");
    assertThat(ask(ask).header("x-request-id")).isEqualTo("thrown-once");
    // The guard's line and the server's are not written in any order.
    assertThat(server().outputWith("thrown-once")).contains("thrown-once");
    assertThat(server().outputWith("secret at 10.0.0.7")).contains("secret at 10.0.0.7");
    assertThat(server().output().split("thrown-once", -1)).hasSize(2);
  }

  /** E3: after a commit an event stream ends with an event of the dialect, in good order. */
  @ParameterizedTest
  @CsvSource({
    "how=stream&via=stream",
    "how=stream&via=writer",
    "how=stream-send-error&via=stream",
  })
  default void a_stream_that_fails_ends_with_a_closing_event(String trouble) throws IOException {
    Answer answer = ask(trouble("x", trouble));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text())
        .startsWith("data: {\"choices\":[]}\n\n")
        .contains("\n\nevent: error\ndata: {\"error\":{\"message\":\"The server had an error")
        .endsWith("}}\n\n")
        .doesNotContain("HTTP/1.1", "secret");
  }

  /** E3, pitfall 42: half an answer is cut off, so that nobody takes it for a whole one. */
  @ParameterizedTest
  @ValueSource(strings = {"how=break-off", "how=stream-half", "how=stream-half&via=writer"})
  default void an_answer_that_fails_half_way_is_cut_off(String trouble) throws IOException {
    StringBuilder all = new StringBuilder();
    boolean ended = false;
    try (Wire wire = connect()) {
      wire.send(trouble("x", trouble).bytes());
      assertThat(wire.head().status()).isEqualTo(200);
      for (byte[] chunk = wire.chunk(); chunk.length > 0; chunk = wire.chunk()) {
        all.append(new String(chunk, StandardCharsets.UTF_8));
      }
      ended = true;
    } catch (EOFException | SocketException cutOff) {
      // As it should be.
    }
    assertThat(ended).as("ended after: %s", all).isFalse();
    assertThat(all.toString()).doesNotContain("error", "HTTP/1.1", "secret");
  }

  /** E2, pitfall 41: the app's own page wins, where the guard can know of one. */
  @Test
  default void a_page_of_the_app_s_own_is_kept() throws IOException {
    Answer answer = ask(trouble("x", "how=send-error&status=502"));
    assertThat(answer.status()).isEqualTo(502);
    if (comesAfterTheAppsFilters()) {
      assertSpeaksOpenAi(answer);
    } else {
      assertThat(answer.text()).contains("of the app");
      assertThat(answer.header("x-request-id")).isEqualTo("trouble-1");
    }
  }

  /** E2: a guarded path at which there is no servlet. A filter is not asked there on Tomcat. */
  @Test
  default void a_path_without_a_servlet_is_told_in_the_dialect() throws IOException {
    if (comesAfterTheAppsFilters()) {
      return;
    }
    Answer answer = ask(Ask.get("/missing/x").key("acme").header("x-request-id", "trouble-1"));
    assertThat(answer.status()).isEqualTo(404);
    assertSpeaksOpenAi(answer);
    assertThat(answer.text()).contains("unknown_url");
    assertThat(answer.header("x-request-id")).isEqualTo("trouble-1");
    assertThat(ask(Ask.get("/missing-none/x").key("acme")).type()).startsWith("text/html");
    assertThat(ask(Ask.get("/nowhere/x")).type()).startsWith("text/html");
  }

  // ---- ids, preflights, other protocols

  /** E1: an id of the caller's own, or one that is made, also where all is well. */
  @Test
  default void every_answer_has_an_id() throws IOException {
    Answer mine = ask(Ask.chat("acme", "qwen-max").header("x-span-id", "mine"));
    assertThat(mine.status()).isEqualTo(200);
    assertThat(mine.headers("x-span-id")).containsExactly("mine");
    Answer made = ask(Ask.chat("acme", "qwen-max").header("x-span-id", "not mine"));
    assertThat(made.header("x-span-id")).matches("[0-9a-f]{32}");
  }

  @Test
  default void a_preflight_reaches_the_app_without_a_key() throws IOException {
    Ask ask = Ask.of("OPTIONS", "/trouble/x").header("Origin", "https://app.example");
    Answer answer = ask(ask.header("Access-Control-Request-Method", "POST"));
    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.header("Access-Control-Allow-Methods")).isEqualTo("POST");
    assertThat(answer.header("X-Body")).isEqualTo("0");
    assertThat(ask(Ask.of("OPTIONS", "/trouble/x")).status()).isEqualTo(401);
  }

  /** Whatever a client would speak, a refusal is plain HTTP. */
  @ParameterizedTest
  @CsvSource({
    "Content-Type, application/grpc-web+proto",
    "Content-Type, application/grpc",
    "Upgrade,      websocket",
    "Accept,       text/html",
    "Accept,       text/event-stream",
  })
  default void a_refusal_is_plain_http(String header, String value) throws IOException {
    Ask ask = Ask.get("/small/x").key("nobody").header(header, value);
    Answer answer = ask(ask.header("Connection", "Upgrade"));
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.type()).isEqualTo("application/json;charset=utf-8");
    assertThat(answer.text()).contains("ModelArts.81003");
  }

  private static Ask trouble(String path, String query) {
    StringBuilder encoded = new StringBuilder();
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      String value = URLEncoder.encode(pair.substring(equals + 1), StandardCharsets.UTF_8);
      encoded.append(encoded.length() == 0 ? "?" : "&").append(pair, 0, equals + 1).append(value);
    }
    return Ask.get("/trouble/" + path + encoded)
        .key("acme")
        .header("x-request-id", "trouble-1")
        .header("request-id", "trouble-2");
  }
}
