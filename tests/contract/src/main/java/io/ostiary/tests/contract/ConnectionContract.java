package io.ostiary.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections after a refusal, and calls that are sent on within the server: charged once. */
interface ConnectionContract extends Guarded {

  @Test
  default void a_connection_serves_on_after_a_refusal() throws IOException {
    try (Wire wire = connect()) {
      assertThat(wire.send(Ask.chat("narrow", "qwen-max").bytes()).answer().status())
          .isEqualTo(401);
      assertThat(wire.send(Ask.chat("acme", "gpt-7").bytes()).answer().status()).isEqualTo(404);
      assertThat(wire.send(Ask.chat("acme", "qwen-max").bytes()).answer().status()).isEqualTo(200);
    }
  }

  /** Pitfall 16: the refused one's body was small, and was sent. */
  @Test
  default void a_call_that_came_along_with_a_refused_one_is_answered() throws IOException {
    try (Wire wire = connect()) {
      var both = new java.io.ByteArrayOutputStream();
      both.writeBytes(Ask.chat("nobody", "qwen-max").bytes());
      both.writeBytes(Ask.chat("acme", "qwen-max").bytes());
      wire.send(both.toByteArray());
      assertThat(wire.answer().status()).isEqualTo(401);
      assertThat(wire.answer().status()).isEqualTo(200);
    }
  }

  @Test
  default void a_refusal_of_a_call_without_a_body_keeps_the_connection() throws IOException {
    try (Wire wire = connect()) {
      Answer refused = wire.send(Ask.get("/v1/chat/completions").key("nobody").bytes()).answer();
      assertThat(refused.status()).isEqualTo(401);
      assertThat(refused.closes()).isFalse();
      assertThat(wire.send(Ask.get("/open/hits").bytes()).answer().status()).isEqualTo(200);
    }
  }

  /** Pitfall 21. */
  @Test
  default void a_refusal_is_whole_and_says_whose_it_is() throws IOException {
    Answer refused = ask(Ask.of("POST", "/dashscope/x").key("nobody").json("{}"));

    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.type()).isEqualTo("application/json;charset=utf-8");
    assertThat(refused.header("Content-Length")).isEqualTo("" + refused.body().length);
    assertThat(decoded(refused.body()))
        .startsWith("{\"request_id\":\"" + refused.header("x-request-id") + "\",")
        .endsWith("}");
  }

  /** Fails where it is not UTF-8. */
  private static String decoded(byte[] body) throws IOException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
  }

  /** Pitfall 21: nor are there bytes that would be taken for the next answer. */
  @Test
  default void a_refusal_of_head_has_no_body_and_the_same_length() throws IOException {
    Answer get = ask(Ask.get("/v1/chat/completions").key("nobody").header("x-span-id", "a"));
    try (Wire wire = connect()) {
      wire.send(
          Ask.of("HEAD", "/v1/chat/completions").key("nobody").header("x-span-id", "a").bytes());
      Answer head = wire.answerTo("HEAD");
      assertThat(head.status()).isEqualTo(get.status());
      assertThat(head.header("Content-Length")).isEqualTo(Integer.toString(get.body().length));
      assertThat(wire.send(Ask.get("/open/hits").bytes()).answer().status()).isEqualTo(200);
    }
  }

  /** Pitfall 22. */
  @Test
  default void a_refusal_starts_no_session() throws IOException {
    assertThat(ask(Ask.chat("nobody", "qwen-max")).header("Set-Cookie")).isNull();
  }

  /** A client that stalls in the middle of its body does not stop others from being served. */
  @Test
  default void a_stalled_body_does_not_hold_others_up() throws IOException {
    try (Wire stalled = connect()) {
      stalled.send(
          Ask.of("POST", "/v1/chat/completions")
              .key("acme")
              .header("Content-Type", "application/json")
              .headDeclaring(1000));
      stalled.send("{".getBytes(StandardCharsets.US_ASCII));
      assertThat(ask(Ask.chat("acme", "qwen-max")).status()).isEqualTo(200);
    }
  }

  /** A request to speak another protocol is judged like any other, and the app is given the container's own objects. */
  @Test
  default void an_upgrade_is_judged_and_not_wrapped() throws IOException {
    assertThat(ask(upgrade("nobody")).status()).isEqualTo(401);
    Answer answer = ask(upgrade("acme"));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("X-Request-Class")).doesNotContain("ostiary");
    assertThat(answer.header("X-Response-Class")).doesNotContain("ostiary");
  }

  /** Or a client could choose not to have its body judged. */
  @Test
  default void an_upgrade_with_a_body_is_no_upgrade() throws IOException {
    Ask ask =
        Ask.chat("narrow", "qwen-max").header("Upgrade", "other").header("Connection", "Upgrade");
    assertThat(ask(ask).status()).isEqualTo(401);
    Ask chunked = Ask.of("POST", "/small/x").key("acme").body(new byte[70_000]).chunked(7000);
    assertThat(ask(chunked.header("Upgrade", "other").header("Connection", "Upgrade")).status())
        .isEqualTo(413);
  }

  /** Nobody sees what the app answers, so that it keeps what was set aside: a quarter of the tokens, and one of input. */
  @Test
  default void an_upgrade_is_not_free() throws IOException {
    for (int call = 1; call <= 3; call++) {
      assertThat(ask(upgrade("upgrade")).status()).as("call %d", call).isEqualTo(200);
    }
    assertThat(ask(upgrade("upgrade")).status()).isEqualTo(429);
  }

  /** One with a handler of its own that rewrites paths. */
  default ServerProcess rewritingServer() throws IOException {
    return server();
  }

  /** A6: the server itself makes a guarded path of one that is not; the agent's first door sees only that one. */
  @Test
  default void a_path_that_the_server_rewrites_is_judged_as_rewritten() throws IOException {
    Ask ask = Ask.of("POST", "/rewritten/chat/completions").header("X-Test", "rewritten");
    ServerProcess server = rewritingServer();
    assertThat(ask(server, ask.json("{\"model\":\"qwen-max\"}")).text())
        .contains("ModelArts.81002");
    assertThat(ask(server, Ask.get("/open/hits?test=rewritten")).text()).isEqualTo("0");

    Ask narrow = Ask.of("POST", "/rewritten/chat/completions").key("narrow");
    assertThat(ask(server, narrow.json("{\"model\":\"qwen-max\"}")).text())
        .contains("ModelArts.81015");
    Ask known = Ask.of("POST", "/rewritten/chat/completions").key("acme");
    assertThat(ask(server, known.json("{\"model\":\"qwen-max\"}")).status()).isEqualTo(200);
  }

  /** Some servers have no path at all then; whatever they make of it, it is no failure of the guard. */
  @Test
  default void a_connect_to_an_authority_is_left_to_the_server() throws IOException {
    Answer answer = ask(Ask.of("CONNECT", "localhost:80"));
    assertThat(answer.text()).doesNotContain("An unexpected exception occurred");
    assertThat(server().output()).doesNotContain("the guard failed");
  }

  private static Ask upgrade(String key) {
    return Ask.get("/small/x").key(key).header("Upgrade", "other").header("Connection", "Upgrade");
  }

  /** Pitfall 12: three calls a minute, each sent on once or twice, are three calls. */
  @ParameterizedTest
  @ValueSource(strings = {"forward", "include", "async", "async-twice"})
  default void a_call_that_is_sent_on_is_charged_once(String way) throws IOException {
    for (int call = 1; call <= 3; call++) {
      Answer answer = ask(dispatched(way));
      assertThat(answer.status()).as("call %d", call).isEqualTo(200);
      assertThat(answer.text()).contains("你好🙂");
    }
    assertThat(ask(dispatched(way)).status()).isEqualTo(429);
  }

  private static Ask dispatched(String way) {
    return Ask.of("POST", "/dispatch/" + way)
        .key("dispatch-" + way)
        .json("{\"model\":\"qwen-max\"}");
  }
}
