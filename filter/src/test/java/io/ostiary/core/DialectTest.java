package io.ostiary.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** K7, A4, B3, H1, H5, H6: what refusals say, and what they never say. */
class DialectTest {

  private static final Facts FACTS =
      Facts.of(Slot.IP, "203.0.113.9")
          .and(Slot.MODEL, "qwen-max")
          .and(Slot.ENDPOINT, "team-a")
          .and(Slot.PATH, "/v1/chat/completions")
          .and(Slot.LIMIT, "2")
          .and(Slot.SIZE, "4MiB")
          .and(Slot.FIELD, "model");

  static Iterable<String> dialects() {
    return Dialect.BUILT_IN;
  }

  /** The texts that the acceptance criteria spell out. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // K7
        "modelarts | KEY_MISSING   | 400 | ModelArts.81002 | Failed to get the authorization header.",
        "modelarts | KEY_MALFORMED | 400 | ModelArts.81002 | Failed to get the authorization header.",
        "modelarts | KEY_UNKNOWN   | 401 | ModelArts.81003 | Invalid authorization header.",
        "dashscope | KEY_UNKNOWN   | 401 | InvalidApiKey   | Invalid API-key provided.",
        "eas       | KEY_UNKNOWN   | 401 | 401             | Service authentication failed.",
        "openai    | KEY_UNKNOWN   | 401 | invalid_api_key | Incorrect API key provided",
        // A4
        "modelarts | ADDRESS_NOT_ALLOWED  | 401 | ModelArts.81015 | Invalid client ip 203.0.113.9, rejected by api key ip allowlist setting.",
        "modelarts | MODEL_NOT_ALLOWED    | 401 | ModelArts.81015 | Invalid model qwen-max, rejected by api key model allowlist setting.",
        "modelarts | ENDPOINT_NOT_ALLOWED | 401 | ModelArts.81015 | Invalid custom endpoint team-a, rejected by api key custom endpoint allowlist setting.",
        "modelarts | MODEL_UNKNOWN        | 404 | ModelArts.81009 | Invalid model.",
        "modelarts | MODEL_NOT_SERVED     | 404 | ModelArts.81016 | The model qwen-max is not available with api url /v1/chat/completions.",
        "dashscope | MODEL_NOT_ALLOWED    | 403 | Model.AccessDenied | Model access denied.",
        "dashscope | MODEL_UNKNOWN        | 404 | ModelNotFound | Model can not be found.",
        "dashscope | MODEL_MISSING        | 400 | BadRequest.EmptyModel | Required parameter \"model\" missing from request.",
        // B3
        "modelarts | BODY_TOO_LARGE | 413 | ModelArts.81113 | Invalid request body, exceeds the maximum size 4MiB.",
        "dashscope | BODY_TOO_LARGE | 413 | BadRequest.TooLarge | Payload Too Large",
        // H5
        "modelarts | QPS_EXCEEDED | 429 | ModelArts.81101 | Too many requests, the rate limit is 2 times per second.",
        "modelarts | RPM_EXCEEDED | 429 | ModelArts.81101 | Too many requests, the rate limit is 2 times per minute.",
        "modelarts | TPM_EXCEEDED | 429 | ModelArts.81101 | Too many requests, the rate limit is 2 tokens per minute.",
        "dashscope | QPS_EXCEEDED | 429 | Throttling.RateQuota | Requests rate limit exceeded, please try again later.",
        "dashscope | TPM_EXCEEDED | 429 | Throttling.AllocationQuota | Allocated quota exceeded, please increase your quota limit.",
        "dashscope-compatible | QPS_EXCEEDED | 429 | Throttling.RateQuota | Requests rate limit exceeded, please try again later.",
        "eas       | QPS_EXCEEDED | 429 | 429 | The request triggered rate limiting: the limit is 2 requests per second.",
        // P4
        "modelarts | INTERNAL | 500 | ModelArts.81102 | An unexpected exception occurred. Please try again.",
      })
  void says_what_the_vendor_says(
      String dialect, Reason reason, int status, String code, String message) throws IOException {
    Refusal refusal = dialect(dialect).refuse(reason, FACTS, "id", 0, List.of());

    assertThat(refusal.status()).isEqualTo(status);
    assertThat(values(refusal)).containsEntry("code", code).containsEntry("message", message);
  }

  /** K7: nobody learns from an answer which keys there are or were. */
  @ParameterizedTest
  @MethodSource("dialects")
  void answers_unknown_and_expired_keys_alike(String dialect) {
    Refusal unknown = dialect(dialect).refuse(Reason.KEY_UNKNOWN, Facts.NONE, "id", 0, List.of());
    Refusal expired = dialect(dialect).refuse(Reason.KEY_EXPIRED, Facts.NONE, "id", 0, List.of());

    assertThat(text(expired)).isEqualTo(text(unknown));
    assertThat(expired.status()).isEqualTo(unknown.status());
    assertThat(expired.headers()).isEqualTo(unknown.headers());
  }

  @Test
  void modelarts_bodies_carry_the_nested_and_the_flat_form() {
    assertThat(
            text(dialect("modelarts").refuse(Reason.KEY_UNKNOWN, Facts.NONE, "id", 0, List.of())))
        .isEqualTo(
            """
            {"error":{"code":"ModelArts.81003","message":"Invalid authorization header.","param":null,\
            "type":"Unauthorized"},"error_code":"ModelArts.81003","error_msg":"Invalid authorization header.",\
            "span_id":"id"}""");
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1",
    "1000000, 1, 1",
    "1000001, 1, 2",
    "999999999, 1, 1000",
    "1000000000, 1, 1000",
    "1000000001, 2, 1001",
    "1200000000, 2, 1200",
    "60000000000, 60, 60000",
  })
  void tells_the_wait_rounded_up(long nanos, String seconds, String millis) { // H1
    assertThat(headers("openai", Reason.TPM_EXCEEDED, nanos))
        .containsEntry("Retry-After", seconds)
        .containsEntry("retry-after-ms", millis)
        .doesNotContainKey("x-should-retry");
  }

  /** R5: Bucket4j reports "never" as {@code Long.MAX_VALUE}. */
  @ParameterizedTest
  @ValueSource(longs = {0, -1, 60_000_000_000L, Long.MAX_VALUE - 1, Long.MAX_VALUE})
  void tells_a_call_that_never_fits_not_to_come_again(long nanos) {
    for (String dialect : Dialect.BUILT_IN) {
      assertThat(headers(dialect, Reason.TOKENS_NEVER_FIT, nanos))
          .containsEntry("x-should-retry", "false")
          .doesNotContainKeys("Retry-After", "retry-after-ms");
    }
  }

  /** H1, Q1: a full queue is a 429 in some dialects, and one hint is enough. */
  @ParameterizedTest
  @CsvSource({
    "modelarts, 0, false",
    "dashscope, 61000000000, false",
    "modelarts, 1000000000, true",
    "eas, 61000000000, true",
  })
  void tells_once_whether_to_come_back_to_a_full_queue(String dialect, long nanos, String again) {
    assertThat(headers(dialect, Reason.QUEUE_FULL, nanos)).containsEntry("x-should-retry", again);
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE - 1, Long.MAX_VALUE})
  void tells_no_wait_that_is_none_and_stops_the_habit_of_trying_a_429_again(long nanos) {
    assertThat(headers("openai", Reason.QPS_EXCEEDED, nanos))
        .containsEntry("x-should-retry", "false")
        .doesNotContainKeys("Retry-After", "retry-after-ms");
  }

  @Test
  void challenges_on_401_and_only_there() {
    assertThat(headers("modelarts", Reason.KEY_UNKNOWN, 0))
        .containsEntry("WWW-Authenticate", "Bearer");
    assertThat(headers("eas", Reason.KEY_UNKNOWN, 0)).containsEntry("WWW-Authenticate", "EAS");
    assertThat(headers("modelarts", Reason.KEY_FROZEN, 0)).doesNotContainKey("WWW-Authenticate");
  }

  /** H6: nothing but the request's id and, in the vendor's own text, the caller's own words and address. */
  @ParameterizedTest
  @MethodSource("dialects")
  void fills_no_slot_that_the_reason_does_not_have(String dialect) {
    Facts secrets = Facts.NONE;
    for (Slot slot : Slot.values()) {
      secrets = secrets.and(slot, "secret-" + slot);
    }
    for (Reason reason : Reason.values()) {
      String text = text(dialect(dialect).refuse(reason, secrets, "id", 0, List.of()));
      for (Slot slot : Slot.values()) {
        if (!reason.slots().contains(slot)) {
          assertThat(text).as("%s", reason).doesNotContain("secret-" + slot);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"}, \"x\": {", "a\\", "\u0000\n\u2028", "你好🙂", "\ud83d", "{model}"})
  void a_value_stays_inside_its_string(String model) throws IOException {
    for (String dialect : Dialect.BUILT_IN) {
      Refusal refusal =
          dialect(dialect)
              .refuse(Reason.MODEL_NOT_ALLOWED, Facts.of(Slot.MODEL, model), "id", 0, List.of());

      String message = Objects.requireNonNull(values(refusal).get("message"));
      if (!dialect.startsWith("dashscope")) {
        assertThat(message)
            .contains(model.replace('\ud83d', model.length() == 1 ? '\ufffd' : '\ud83d'));
      }
    }
  }

  @Test
  void a_model_of_any_length_is_not_sent_back() {
    Facts facts = Facts.of(Slot.MODEL, "🙂".repeat(1 << 16));

    String text =
        text(dialect("modelarts").refuse(Reason.MODEL_NOT_ALLOWED, facts, "id", 0, List.of()));

    assertThat(text).contains("🙂".repeat(128) + "…,").hasSizeLessThan(1000);
  }

  @Test
  void says_null_for_what_is_absent() {
    assertThat(text(dialect("openai").refuse(Reason.KEY_MISSING, Facts.NONE, "id", 0, List.of())))
        .endsWith("\"param\":null,\"code\":null}}");
    assertThat(text(dialect("openai").refuse(Reason.MODEL_MISSING, Facts.NONE, "id", 0, List.of())))
        .contains("\"param\":null");
    assertThat(text(dialect("openai").refuse(Reason.MODEL_MISSING, FACTS, "id", 0, List.of())))
        .contains("\"param\":\"model\"");
  }

  @Test
  void only_eas_takes_a_bare_key() {
    assertThat(Dialect.BUILT_IN)
        .filteredOn(name -> dialect(name).takesBareKey())
        .containsExactly("eas");
  }

  @Test
  void a_name_of_none_is_null_and_a_known_one_is_read_once() {
    assertThat(Dialect.builtIn("opnai")).isNull();
    assertThat(Dialect.builtIn("../openai")).isNull();
    assertThat(Dialect.builtIn("openai")).isSameAs(Dialect.builtIn("openai")).hasToString("openai");
  }

  @Test
  void an_operators_table_may_change_one_text_and_keep_the_rest(@TempDir Path directory)
      throws Exception {
    Path file = directory.resolve("acme.properties");
    Files.writeString(
        file,
        """
        \ufeff# 我们自己的话
        extends = modelarts
        guard.invalid-model = 404 | Acme.1 | NotFound | 没有这个模型 ({request_id}).
        """);

    Dialect acme = Dialect.read(file);

    assertThat(acme.name()).isEqualTo("acme");
    assertThat(values(acme.refuse(Reason.MODEL_UNKNOWN, FACTS, "id-1", 0, List.of())))
        .containsEntry("code", "Acme.1")
        .containsEntry("message", "没有这个模型 (id-1).");
    assertThat(text(acme.refuse(Reason.KEY_UNKNOWN, FACTS, "id", 0, List.of())))
        .isEqualTo(
            text(dialect("modelarts").refuse(Reason.KEY_UNKNOWN, FACTS, "id", 0, List.of())));
  }

  private static Dialect dialect(String name) {
    return Objects.requireNonNull(Dialect.builtIn(name));
  }

  private static String text(Refusal refusal) {
    return new String(refusal.body(), StandardCharsets.UTF_8);
  }

  private static Map<String, String> headers(String dialect, Reason reason, long nanos) {
    Map<String, String> headers = new TreeMap<>();
    List<Header> lines =
        dialect(dialect).refuse(reason, Facts.NONE, "id", nanos, List.of()).headers();
    lines.forEach(header -> headers.put(header.name(), header.value()));
    assertThat(headers).hasSize(lines.size());
    return headers;
  }

  /** Every scalar of a body by its name, wherever it stands, as another parser reads it. */
  private static Map<String, String> values(Refusal refusal) throws IOException {
    Map<String, String> values = new TreeMap<>();
    try (JsonParser parser = new JsonFactory().createParser(refusal.body())) {
      while (parser.nextToken() != null) {
        if (parser.currentToken().isScalarValue()
            && parser.currentToken() != JsonToken.VALUE_NULL) {
          values.put(parser.currentName(), parser.getText());
        }
      }
    }
    return values;
  }
}
