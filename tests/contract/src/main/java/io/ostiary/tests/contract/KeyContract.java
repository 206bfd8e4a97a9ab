package io.ostiary.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may call, from where, and what: K5 to K7, A1 to A5, A7, H6. */
interface KeyContract extends Guarded {

  @Test
  default void admits_a_known_key() throws IOException {
    Answer answer = ask(Ask.chat("acme", "qwen-max"));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).contains("你好🙂");
  }

  /** K6. */
  @ParameterizedTest
  @CsvSource({"x-api-key", "api-key"})
  default void takes_the_key_from_other_headers(String header) throws IOException {
    Ask ask = Ask.of("POST", "/v1/chat/completions").header(header, Keys.secretOf("acme"));
    assertThat(ask(ask.json("{\"model\":\"qwen-max\"}")).status()).isEqualTo(200);
  }

  /** K7, E1: the whole answer, with the id that the caller sent. */
  @Test
  default void answers_a_missing_key_in_the_words_of_modelarts() throws IOException {
    Answer answer =
        ask(
            Ask.of("POST", "/v1/chat/completions")
                .header("x-span-id", "0123456789abcdef0123456789abcdef")
                .json("{\"model\":\"qwen-max\"}"));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.type()).isEqualTo("application/json;charset=utf-8");
    assertThat(answer.header("x-span-id")).isEqualTo("0123456789abcdef0123456789abcdef");
    assertThat(answer.header("Content-Length")).isEqualTo(Integer.toString(answer.body().length));
    assertThat(answer.text())
        .isEqualTo(
            "{\"error\":{\"code\":\"ModelArts.81002\",\"message\":\"Failed to get the authorization header.\",\"param\":null,"
                + "\"type\":\"BadRequest\"},\"error_code\":\"ModelArts.81002\",\"error_msg\":\"Failed to get the authorization header.\","
                + "\"span_id\":\"0123456789abcdef0123456789abcdef\"}");
  }

  /** K7. */
  @ParameterizedTest
  @CsvSource({
    "/v1/chat/completions, 401, ModelArts.81003",
    "/dashscope/x,         401, InvalidApiKey",
    "/openai/x,            401, invalid_api_key",
    "/anthropic/x,         401, authentication_error",
  })
  default void answers_an_unknown_key_in_each_dialect(String path, int status, String code)
      throws IOException {
    Answer answer = ask(Ask.of("POST", path).key("nobody").json("{\"model\":\"qwen-max\"}"));
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.type()).isEqualTo("application/json;charset=utf-8");
    assertThat(answer.text()).contains("\"" + code + "\"").doesNotContain("nobody", "\"None\"");
  }

  /** K7: PAI-EAS takes the bare token. */
  @Test
  default void takes_a_bare_key_where_the_dialect_has_it() throws IOException {
    Ask bare = Ask.of("POST", "/eas/x").header("Authorization", Keys.secretOf("acme"));
    assertThat(ask(bare.body("x")).status()).isEqualTo(200);
    Ask unknown = Ask.of("POST", "/eas/x").header("Authorization", Keys.secretOf("nobody"));
    assertThat(ask(unknown.body("x")).status()).isEqualTo(401);
  }

  /** K5, K7: nobody learns which keys there were. */
  @ParameterizedTest
  @CsvSource({"expired", "revoked"})
  default void answers_expired_and_revoked_keys_like_unknown_ones(String tag) throws IOException {
    Answer unknown = askWithId("nobody");
    Answer answer = askWithId(tag);
    assertThat(answer.status()).isEqualTo(unknown.status());
    assertThat(answer.text()).isEqualTo(unknown.text());
  }

  private Answer askWithId(String key) throws IOException {
    return ask(
        Ask.of("POST", "/v1/chat/completions")
            .header("x-span-id", "same")
            .key(key)
            .json("{\"model\":\"qwen-max\"}"));
  }

  @Test
  default void refuses_two_different_keys() throws IOException {
    Ask ask =
        Ask.of("POST", "/v1/chat/completions")
            .key("acme")
            .header("api-key", Keys.secretOf("narrow"));
    assertThat(ask(ask.json("{\"model\":\"qwen-max\"}")).status()).isEqualTo(400);
  }

  /** A1, A3, A4: refused by its address without a byte of the body. */
  @Test
  default void refuses_an_address_before_the_body_is_sent() throws IOException {
    try (Wire wire = connect()) {
      sendHead(
          wire,
          Ask.of("POST", "/v1/chat/completions")
              .key("away")
              .header("Content-Type", "application/json")
              .headDeclaring(1000));
      Answer answer = wire.answer();
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.text())
          .contains("ModelArts.81015")
          .contains("Invalid client ip 127.0.0.1, rejected by api key ip allowlist setting.");
      assertThat(answer.closes()).isTrue();
    }
  }

  /** A1, A2: the peer is a trusted proxy, and the first address from the right that is not one counts. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "203.0.113.10                | 200",
        "::ffff:203.0.113.10         | 200",
        "2001:db8::7                 | 200",
        "203.0.113.10, 127.0.0.1     | 200",
        "203.0.113.10, 198.51.100.7  | 401",
        "198.51.100.7                | 401",
      })
  default void judges_the_address_that_a_trusted_proxy_forwards(String forwarded, int status)
      throws IOException {
    Ask ask =
        Ask.of("POST", "/v1/chat/completions").key("away").header("X-Forwarded-For", forwarded);
    assertThat(ask(ask.json("{\"model\":\"qwen-max\"}")).status()).isEqualTo(status);
  }

  /** A1: an empty list allows nobody. */
  @Test
  default void allows_no_address_where_the_list_is_empty() throws IOException {
    assertThat(ask(Ask.chat("nowhere", "qwen-max")).status()).isEqualTo(401);
  }

  /** A4, A5. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "acme      | best        | 200 |                 |",
        "acme      | team-b      | 200 |                 |",
        "narrow    | qwen2.5-7b  | 200 |                 |",
        "narrow    | qwen-max    | 401 | ModelArts.81015 | Invalid model qwen-max, rejected by api key model allowlist setting.",
        "narrow    | best        | 401 | ModelArts.81015 | Invalid model best, rejected by api key model allowlist setting.",
        "modelless | qwen-max    | 401 | ModelArts.81015 | Invalid model qwen-max, rejected by api key model allowlist setting.",
        "endpoints | team-a      | 200 |                 |",
        "endpoints | team-b      | 401 | ModelArts.81015 | Invalid custom endpoint team-b, rejected by api key custom endpoint allowlist setting.",
        "acme      | gpt-7       | 404 | ModelArts.81009 | Invalid model.",
        "acme      | embedder    | 404 | ModelArts.81016 | The model embedder is not available with api url /v1/chat/completions.",
      })
  default void judges_the_model(String key, String model, int status, String code, String text)
      throws IOException {
    Answer answer = ask(Ask.chat(key, model));
    assertThat(answer.status()).isEqualTo(status);
    if (code != null) {
      assertThat(answer.text()).contains("\"" + code + "\"").contains("\"" + text + "\"");
    }
  }

  /** A4. */
  @ParameterizedTest
  @CsvSource({"narrow, qwen-max, 403, Model.AccessDenied", "acme, gpt-7, 404, ModelNotFound"})
  default void judges_the_model_in_the_words_of_dashscope(
      String key, String model, int status, String code) throws IOException {
    Answer answer =
        ask(Ask.of("POST", "/dashscope/x").key(key).json("{\"model\":\"" + model + "\"}"));
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.text()).contains("\"" + code + "\"");
  }

  /** A7: a key that may call some models only, on a route that names none. */
  @Test
  default void refuses_a_restricted_key_where_no_model_is_named() throws IOException {
    assertThat(ask(Ask.of("POST", "/small/x").key("narrow").body("x")).status()).isEqualTo(403);
    assertThat(ask(Ask.of("POST", "/small/x").key("granted").body("x")).status()).isEqualTo(200);
  }

  @Test
  default void a_refused_call_never_reaches_the_app() throws IOException {
    assertThat(ask(Ask.chat("narrow", "qwen-max").header("X-Test", "refused")).status())
        .isEqualTo(401);
    assertThat(ask(Ask.chat("acme", "qwen-max").header("X-Test", "admitted")).status())
        .isEqualTo(200);
    assertThat(hits("refused")).isZero();
    assertThat(hits("admitted")).isOne();
  }

  /** H6: the log speaks of keys by tag only. */
  @Test
  default void writes_no_secret_to_its_output() throws IOException {
    ask(Ask.chat("away", "qwen-max"));
    ask(Ask.chat("acme", "qwen-max"));
    for (String tag : SECRETS) {
      assertThat(server().output()).doesNotContain(Keys.secretOf(tag), Keys.digestOf(tag));
    }
  }
}
