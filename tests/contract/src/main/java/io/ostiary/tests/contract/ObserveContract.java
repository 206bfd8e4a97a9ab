package io.ostiary.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the guard only observes, every call reaches the app as it came: O3. */
interface ObserveContract extends Guarded {

  /** A server whose whole policy only observes. */
  ServerProcess observedServer() throws IOException;

  private Answer askObserved(Ask ask) throws IOException {
    Answer answer = ask(observedServer(), ask);
    assertThat(answer.head())
        .noneMatch(line -> line.toLowerCase(Locale.ROOT).contains("ratelimit"));
    return answer;
  }

  /** O3. */
  @ParameterizedTest
  @CsvSource({
    "nobody, qwen-max, KEY_UNKNOWN",
    "narrow, qwen-max, MODEL_NOT_ALLOWED",
    "spent,  gpt-7,    MODEL_UNKNOWN",
  })
  default void an_observed_call_reaches_the_app(String key, String model, String reason)
      throws IOException {
    Answer answer = askObserved(Ask.chat(key, model));
    assertThat(answer.status()).isEqualTo(200);
    String body = "{\"model\":\"" + model + "\"}";
    assertThat(answer.text()).contains(BodyContract.sha256(body.getBytes(StandardCharsets.UTF_8)));
    String told = "observed, would be refused: " + reason;
    assertThat(observedServer().outputWith(told)).contains(told);
  }

  /** O3. */
  @Test
  default void an_observed_call_without_a_key_reaches_the_app() throws IOException {
    Ask ask = Ask.of("POST", "/v1/chat/completions").json("{\"model\":\"qwen-max\"}");
    assertThat(askObserved(ask).status()).isEqualTo(200);
    assertThat(observedServer().outputWith("would be refused: KEY_MISSING"))
        .contains("would be refused: KEY_MISSING");
  }

  /** O3. */
  @Test
  default void an_observed_limit_refuses_nothing() throws IOException {
    for (int call = 1; call <= 4; call++) {
      assertThat(askObserved(Ask.chat("spent", "qwen-max")).status()).isEqualTo(200);
    }
    assertThat(observedServer().outputWith("observed, would be refused: "))
        .contains("observed, would be refused: ");
  }

  /** O3: what is too large, or no JSON, reaches the app byte for byte, though the guard has begun to read it. */
  @ParameterizedTest
  @CsvSource({
    "/v1/chat/completions, stream,   70000,   0",
    "/v1/chat/completions, stream,   70000,   999",
    "/v1/chat/completions, bytewise, 70000,   7000",
    "/v1/chat/completions, reader,   70000,   0",
    "/v1/chat/completions, reader,   3000000, 9999",
    "/v1/chat/completions, listener, 70000,   0",
    "/v1/chat/completions, listener, 70000,   999",
    "/v1/chat/completions, listener, 3000000, 9999",
    "/v1/chat/completions, stream,   3000000, 9999",
    "/small/x,             stream,   70000,   0",
    "/small/x,             stream,   3000000, 9999",
    "/small/x,             listener, 3000000, 9999",
  })
  default void an_observed_body_reaches_the_app_as_it_was_sent(
      String path, String way, int size, int chunk) throws IOException {
    byte[] json = BodyContract.jsonOf(size);
    Ask ask = Ask.of("POST", path).key("spent").header("X-Read", way);
    ask.header("Content-Type", "application/json").body(json).chunked(chunk);
    Answer answer = askObserved(ask);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text())
        .contains("\"length\":" + json.length)
        .contains(BodyContract.sha256(json));
    if (size > 65_536) {
      assertThat(observedServer().outputWith("would be refused: BODY_TOO_LARGE"))
          .contains("would be refused: BODY_TOO_LARGE");
    }
  }

  /** O3. */
  @ParameterizedTest
  @CsvSource({"stream, 0", "reader, 0", "listener, 0", "stream, 3", "listener, 3"})
  default void an_observed_body_that_is_no_json_reaches_the_app(String way, int chunk)
      throws IOException {
    byte[] text = "{\"model\":\"qwen-max\",}".getBytes(StandardCharsets.UTF_8);
    Ask ask = Ask.of("POST", "/v1/chat/completions").key("spent").header("X-Read", way);
    ask.header("Content-Type", "application/json").body(text).chunked(chunk);
    Answer answer = askObserved(ask);
    assertThat(answer.text()).contains(BodyContract.sha256(text));
  }

  /** O3, R10: nor is a stream cut short. */
  @Test
  default void an_observed_stream_is_not_stopped() throws IOException {
    String events = ExitContract.EVENT.repeat(10);
    Answer answer = askObserved(Ask.play("/play/chat", "spent", events));
    assertThat(answer.text()).isEqualTo(events);
  }

  /** O3: one key alone, whatever it does wrong. */
  @Test
  default void an_observed_key_is_refused_nothing() throws IOException {
    for (int call = 1; call <= 3; call++) {
      assertThat(ask(Ask.chat("watched", "qwen2.5-7b")).status()).isEqualTo(200);
    }
    assertThat(ask(Ask.chat("watched", "qwen-max")).status()).isEqualTo(200);
    assertThat(ask(Ask.of("POST", "/small/x").key("watched").body(new byte[70_000])).status())
        .isEqualTo(200);
    assertThat(server().outputWith("observed, would be refused: "))
        .contains("observed, would be refused: ");
  }

  /** O3: one limit alone, while the key's others hold and are told. */
  @Test
  default void an_observed_limit_leaves_the_others_in_force() throws IOException {
    for (int call = 1; call <= 3; call++) {
      Answer answer = ask(Ask.chat("lenient", "qwen-max"));
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("x-ratelimit-limit-requests")).isNull();
      assertThat(answer.header("x-ratelimit-limit-tokens")).isEqualTo("1000000000");
    }
    assertThat(server().outputWith("observed, would be refused: "))
        .contains("observed, would be refused: ");
  }
}
