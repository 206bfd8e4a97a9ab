package io.ostiary.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests' bodies: B1 to B4. */
interface BodyContract extends Guarded {

  int LIMIT = 64 * 1024;

  /** B1, B3, pitfall 17: refused with no byte of the body read, and said that the connection ends. */
  @Test
  default void refuses_a_body_that_is_declared_too_large_before_it_is_sent() throws IOException {
    try (Wire wire = connect()) {
      sendHead(wire, Ask.of("POST", "/small/x").key("acme").headDeclaring(LIMIT + 1));
      Answer answer = wire.answer();
      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.text())
          .contains("ModelArts.81113")
          .contains("Invalid request body, exceeds the maximum size 64KiB.");
      assertThat(answer.closes()).isTrue();
    }
  }

  /** B3. */
  @Test
  default void refuses_a_large_body_in_the_words_of_dashscope() throws IOException {
    try (Wire wire = connect()) {
      sendHead(wire, Ask.of("POST", "/dashscope/x").key("acme").headDeclaring(LIMIT + 1));
      Answer answer = wire.answer();
      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.text()).contains("\"BadRequest.TooLarge\"");
    }
  }

  @Test
  default void admits_a_body_of_just_the_limit() throws IOException {
    byte[] body = "x".repeat(LIMIT).getBytes(StandardCharsets.US_ASCII);
    assertThat(ask(Ask.of("POST", "/small/x").key("acme").body(body)).status()).isEqualTo(200);
    assertThat(ask(Ask.of("POST", "/small/x").key("acme").body(body).chunked(1000)).text())
        .contains("\"length\":" + LIMIT);
  }

  /** B1, pitfall 13: who asks before sending is told no, and not told to go on; where a container asks by itself, at least told no. */
  @Test
  default void answers_an_expectation_with_the_refusal() throws IOException {
    try (Wire wire = connect()) {
      wire.send(
          Ask.of("POST", "/small/x")
              .key("acme")
              .header("Expect", "100-continue")
              .headDeclaring(LIMIT + 1));
      Answer answer = wire.answer();
      if (!judgesBeforeContinue()) {
        assertThat(answer.status()).isEqualTo(100);
        answer = wire.answer();
      }
      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.closes()).isTrue();
      assertThat(wire.isClosedByServer()).isTrue();
    }
  }

  @Test
  default void answers_an_expectation_with_continue_where_the_call_is_admitted()
      throws IOException {
    try (Wire wire = connect()) {
      byte[] body = "{\"model\":\"qwen-max\"}".getBytes(StandardCharsets.US_ASCII);
      wire.send(
          Ask.of("POST", "/v1/chat/completions")
              .key("acme")
              .header("Expect", "100-continue")
              .header("Content-Type", "application/json")
              .headDeclaring(body.length));
      assertThat(wire.answer().status()).isEqualTo(100);
      assertThat(wire.send(body).answer().status()).isEqualTo(200);
    }
  }

  /** B2, pitfall 19: one byte over the limit is enough, though the body goes on; no app has begun to answer, since the guard reads first. */
  @Test
  default void refuses_a_chunked_body_at_the_first_byte_over_the_limit() throws IOException {
    try (Wire wire = connect()) {
      byte[] tooMuch = new byte[LIMIT + 1];
      wire.send(Ask.of("POST", "/small/x").key("acme").headOfChunks());
      wire.send(Ask.chunkOf(tooMuch, 0, tooMuch.length));
      Answer answer = wire.answer();
      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.text()).contains("exceeds the maximum size 64KiB.");
      assertThat(answer.closes()).isTrue();
    }
  }

  /** B2, pitfall 15: a client that only listens when it has sent everything gets to see the answer all the same. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  default void a_client_that_keeps_sending_sees_the_refusal(boolean declared) throws IOException {
    byte[] body = new byte[3 << 20];
    try (Wire wire = connect()) {
      if (declared) {
        wire.send(Ask.of("POST", "/small/x").key("acme").headDeclaring(body.length));
        wire.sendWhileTaken(body);
      } else {
        wire.send(Ask.of("POST", "/small/x").key("acme").headOfChunks());
        for (int at = 0; at < body.length; at += LIMIT) {
          wire.sendWhileTaken(Ask.chunkOf(body, at, LIMIT));
        }
        wire.sendWhileTaken("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      }
      assertThat(wire.answer().status()).isEqualTo(413);
    }
  }

  /** B4, servlet-pitfalls 25 and 26: the app reads what the client sent, byte for byte, after the guard has. */
  @ParameterizedTest
  @CsvSource({
    "stream,   33792,   0",
    "stream,   122880,   0",
    "stream,   2097152,   0",
    "stream,   122880, 999",
    "bytewise, 33792,   0",
    "bytewise, 122880, 999",
    "reader,   33792,   0",
    "reader,   122880,   0",
    "reader,   2097152,   0",
    "reader,   122880, 999",
    "listener, 33792,   0",
    "listener, 122880,   0",
    "listener, 2097152,   0",
    "listener, 122880, 999",
  })
  default void a_json_body_is_read_as_it_was_sent(String way, int size, int chunk)
      throws IOException {
    byte[] json = jsonOf(size);
    Ask ask = Ask.of("POST", "/v1/chat/completions").key("acme").header("X-Read", way);
    Answer answer = ask(ask.header("Content-Type", "application/json").body(json).chunked(chunk));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).contains("\"length\":" + json.length).contains(sha256(json));
  }

  /** B4, servlet-pitfalls 27: without a guard's reading too: the route names no model, and the container parses. */
  @ParameterizedTest
  @CsvSource({"33792, 0", "122880, 0", "2097152, 0", "33792, 999", "122880, 999", "2097152, 9999"})
  default void form_fields_are_read_as_they_were_sent(int size, int chunk) throws IOException {
    String text = "你好🙂 ü&=+".repeat(size / 49);
    String form =
        "a=1&text=" + java.net.URLEncoder.encode(text, StandardCharsets.UTF_8) + "&a=3&empty=";
    Ask ask = Ask.of("POST", "/forms/x?a=0&q=%E4%BD%A0").key("acme").header("X-Read", "parameters");
    Answer answer =
        ask(
            ask.header("Content-Type", "application/x-www-form-urlencoded")
                .body(form)
                .chunked(chunk));
    String read = "a=[0, 1, 3]\nempty=[]\nq=[你]\ntext=[" + text + "]\n";
    assertThat(answer.text()).contains(sha256(read.getBytes(StandardCharsets.UTF_8)));
  }

  /** B4, servlet-pitfalls 28. */
  @ParameterizedTest
  @CsvSource({"33792, 0", "122880, 0", "2097152, 0", "33792, 999", "122880, 999", "2097152, 9999"})
  default void parts_are_read_as_they_were_sent(int size, int chunk) throws IOException {
    String file = "你好🙂\r\n--b\r\n--bo".repeat(size / 24);
    String body =
        "--bound\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n你好🙂\r\n"
            + "--bound\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\n"
            + file
            + "\r\n--bound--\r\n";
    Ask ask = Ask.of("POST", "/forms/x").key("acme").header("X-Read", "parts");
    Answer answer =
        ask(
            ask.header("Content-Type", "multipart/form-data; boundary=bound")
                .body(body)
                .chunked(chunk));
    byte[] bytes = file.getBytes(StandardCharsets.UTF_8);
    String read =
        "text|null|null|10\n你好🙂\nfile|a.txt|text/plain|"
            + bytes.length
            + "\n"
            + file
            + "\ntext=你好🙂";
    assertThat(answer.text()).contains(sha256(read.getBytes(StandardCharsets.UTF_8)));
  }

  /** A6, servlet-pitfalls 32. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"model\":\"qwen-max\"",
        "not json",
        "",
        "{\"model\":7}",
        "{\"model\":\"a\",\"model\":\"b\"}"
      })
  default void refuses_a_body_that_is_no_clear_json(String body) throws IOException {
    Answer answer = ask(Ask.of("POST", "/v1/chat/completions").key("acme").json(body));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).contains("ModelArts.81001");
  }

  /** A6: the app would find the model that the guard did not, by its reader or among its parameters. */
  @ParameterizedTest
  @CsvSource({
    "reader, application/json; xcharset=utf-8; charset=gbk",
    "reader, application/json; charset =gbk",
    "parameters, application/x-www-form-urlencoded",
  })
  default void a_body_that_can_be_read_in_two_ways_is_refused(String way, String type)
      throws IOException {
    String json =
        "{\"a\":\"你\\\",\\\"model\\\":\\\"qwen-max\\\",\\\"b\\\":\\\"\",\"model\":\"qwen2.5-7b\",\"x\":\"&model=qwen-max&\"}";
    Ask ask = Ask.of("POST", "/v1/chat/completions").key("narrow").header("X-Read", way);
    Answer answer = ask(ask.header("Content-Type", type).body(json));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).contains("ModelArts.81001");
  }

  static byte[] jsonOf(int size) {
    String json = "{\"messages\":[{\"content\":\"你好🙂\"}],\"model\":\"qwen-max\",\"rest\":\"\"}";
    int missing = size - json.getBytes(StandardCharsets.UTF_8).length;
    return json.replace("\"\"", "\"" + "ü".repeat(missing / 2) + "x".repeat(missing % 2) + "\"")
        .getBytes(StandardCharsets.UTF_8);
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
