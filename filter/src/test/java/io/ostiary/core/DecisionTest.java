package io.ostiary.core;

import static io.ostiary.core.GuardedService.body;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Who may call what, from where, and in which order that is asked. */
class DecisionTest {

  private static final String POLICY =
      """
      trusted-proxies = 10.0.0.0/8
      route.chat.paths = /v1/chat/completions
      route.chat.dialect = modelarts
      route.chat.model = body model
      route.chat.max-body = 1KiB
      route.native.paths = /api/v1/services/aigc/text-generation/generation
      route.native.dialect = dashscope
      route.native.model = body model
      route.native.models = qwen-*
      route.infer.paths = /v2/models/{model}/infer
      route.infer.dialect = openai
      route.tools.paths = /tools/**
      route.tools.dialect = openai
      route.eas.paths = /api/predict/{model}
      route.eas.dialect = eas
      route.health.paths = /health
      route.health.key = none
      models = qwen-max, qwen-plus, deepseek-v3
      alias.best = qwen-max
      endpoint.team-a.model = qwen-max
      endpoint.team-b.model = deepseek-v3
      limits.one = rpm 1
      key.all.sha256 = %s
      key.listed.sha256 = %s
      key.listed.ips = 203.0.113.0/24, 2001:db8::/32
      key.listed.models = qwen-*
      key.listed.endpoints = team-a
      key.modelled.sha256 = %s
      key.modelled.models = qwen-max
      key.nothing.sha256 = %s
      key.nothing.models =
      key.granted.sha256 = %s
      key.granted.models = qwen-max
      key.granted.routes = tools
      key.ending.sha256 = %s
      key.ending.expires = 2027-01-31T00:00:00Z
      key.ending.limits = one
      key.frozen.sha256 = %s
      key.frozen.state = frozen
      key.revoked.sha256 = %s
      key.revoked.state = revoked
      key.rotated.sha256 = %s, %s
      key.rotated.limits = one
      """
          .formatted(
              Policies.sha256("sk-all"),
              Policies.sha256("sk-listed"),
              Policies.sha256("sk-modelled"),
              Policies.sha256("sk-nothing"),
              Policies.sha256("sk-granted"),
              Policies.sha256("sk-ending"),
              Policies.sha256("sk-frozen"),
              Policies.sha256("sk-revoked"),
              Policies.sha256("sk-old"),
              Policies.sha256("sk-new"));

  private final GuardedService service = new GuardedService(POLICY);

  private static Request chat(String model) {
    return Request.chat(model, 4, 1);
  }

  private static String errorOf(Decision.Reject reject, String code, String message) {
    assertThat(body(reject))
        .contains("\"error_code\":\"" + code + "\"")
        .contains("\"error_msg\":\"" + message + "\"");
    return message;
  }

  /** K7. */
  @Test
  void refuses_a_call_without_a_key_in_the_words_of_the_route() {
    Decision.Reject reject = service.reject(chat("qwen-max"));

    assertThat(reject.reason()).isEqualTo(Reason.KEY_MISSING);
    assertThat(reject.refusal().status()).isEqualTo(400);
    errorOf(reject, "ModelArts.81002", "Failed to get the authorization header.");
    assertThat(
            service
                .reject(chat("qwen-max").header("Authorization", "Basic YTpi"))
                .refusal()
                .status())
        .isEqualTo(400);
  }

  /** K7. */
  @Test
  void says_the_same_of_unknown_revoked_and_expired_keys() {
    service.millis.set(Instant.parse("2027-02-01T00:00:00Z").toEpochMilli());
    Request unknown = chat("qwen-max").key("sk-nobody").header("x-span-id", "a");
    Request revoked = chat("qwen-max").key("sk-revoked").header("x-span-id", "a");
    Request expired = chat("qwen-max").key("sk-ending").header("x-span-id", "a");

    Decision.Reject reject = service.reject(unknown);

    assertThat(reject.refusal().status()).isEqualTo(401);
    errorOf(reject, "ModelArts.81003", "Invalid authorization header.");
    assertThat(body(service.reject(revoked))).isEqualTo(body(reject));
    assertThat(body(service.reject(expired))).isEqualTo(body(reject));
  }

  /** K5. */
  @Test
  void accepts_a_key_until_the_last_millisecond_before_it_expires() {
    long end = Instant.parse("2027-01-31T00:00:00Z").toEpochMilli();
    service.millis.set(end - 1);
    service.admit(chat("qwen-max").key("sk-ending"));
    service.millis.set(end);
    assertThat(service.refusal(chat("qwen-max").key("sk-ending"))).isEqualTo(Reason.KEY_EXPIRED);
  }

  /** K5. */
  @Test
  void counts_both_secrets_of_a_key_on_one_budget() {
    service.admit(chat("qwen-max").key("sk-old"));
    assertThat(service.refusal(chat("qwen-max").key("sk-new"))).isEqualTo(Reason.RPM_EXCEEDED);
  }

  @Test
  void refuses_a_key_by_the_state_of_its_account() {
    Decision.Reject reject = service.reject(chat("qwen-max").key("sk-frozen"));
    assertThat(reject.refusal().status()).isEqualTo(403);
    errorOf(reject, "ModelArts.81006", "The resource is frozen.");
  }

  /** K6. */
  @Test
  void takes_a_key_from_each_of_its_headers() {
    service.admit(chat("qwen-max").header("authorization", "bearer sk-all"));
    service.admit(chat("qwen-max").header("X-Api-Key", "sk-all"));
    service.admit(chat("qwen-max").header("api-key", " sk-all "));
    service.admit(chat("qwen-max").key("sk-all").header("api-key", "sk-all"));
    service.admit(Request.post("/api/predict/qwen-max", "{}").header("Authorization", "sk-all"));
    assertThat(service.refusal(chat("qwen-max").header("Authorization", "sk-all")))
        .isEqualTo(Reason.KEY_MALFORMED);
  }

  /** K6. */
  @Test
  void refuses_two_different_credentials() {
    assertThat(service.refusal(chat("qwen-max").key("sk-all").header("x-api-key", "sk-listed")))
        .isEqualTo(Reason.KEY_CONFLICT);
    assertThat(service.refusal(chat("qwen-max").key("sk-all").key("sk-listed")))
        .isEqualTo(Reason.KEY_CONFLICT);
    assertThat(
            service.refusal(
                chat("qwen-max").header("Authorization", "Basic YTpi").header("api-key", "sk-all")))
        .isEqualTo(Reason.KEY_CONFLICT);
  }

  /** K6: a key in the query is no key. */
  @Test
  void does_not_look_for_a_key_in_the_query() {
    assertThat(service.refusal(Request.post("/v1/chat/completions?api_key=sk-all", "{}")))
        .isEqualTo(Reason.KEY_MISSING);
  }

  /** A4, A1. */
  @Test
  void refuses_an_address_that_is_not_on_the_keys_list() {
    Decision.Reject reject = service.reject(chat("qwen-max").key("sk-listed").from("198.51.100.9"));

    assertThat(reject.refusal().status()).isEqualTo(401);
    errorOf(
        reject,
        "ModelArts.81015",
        "Invalid client ip 198.51.100.9, rejected by api key ip allowlist setting.");
    service.admit(chat("qwen-max").key("sk-listed").from("203.0.113.9"));
    service.admit(chat("qwen-max").key("sk-listed").from("::ffff:203.0.113.9"));
    service.admit(chat("qwen-max").key("sk-listed").from("2001:db8::7"));
  }

  @Test
  void believes_a_forwarding_header_from_a_trusted_peer_only() {
    service.admit(
        chat("qwen-max")
            .key("sk-listed")
            .from("10.0.0.2")
            .header("X-Forwarded-For", "203.0.113.9"));
    assertThat(
            service.refusal(
                chat("qwen-max")
                    .key("sk-listed")
                    .from("198.51.100.7")
                    .header("X-Forwarded-For", "203.0.113.9")))
        .isEqualTo(Reason.ADDRESS_NOT_ALLOWED);
    assertThat(
            service.refusal(
                chat("qwen-max").key("sk-listed").from("10.0.0.2").header("X-Forwarded-For", "x")))
        .isEqualTo(Reason.ADDRESS_UNCLEAR);
  }

  /** A3, and nothing of the body is read before size. */
  @Test
  void asks_for_key_then_expiry_then_address_then_size_then_body_then_lists() {
    Request nobody =
        Request.post("/v1/chat/completions", "not json").key("sk-nobody").declaring(9_999);
    Request elsewhere =
        Request.post("/v1/chat/completions", "not json").key("sk-listed").declaring(9_999);
    Request large = Request.post("/v1/chat/completions", "not json").key("sk-all").declaring(9_999);
    Request malformed = Request.post("/v1/chat/completions", "not json").key("sk-all");

    assertThat(service.refusal(nobody)).isEqualTo(Reason.KEY_UNKNOWN);
    assertThat(service.refusal(elsewhere)).isEqualTo(Reason.ADDRESS_NOT_ALLOWED);
    assertThat(service.refusal(large)).isEqualTo(Reason.BODY_TOO_LARGE);
    assertThat(service.refusal(malformed)).isEqualTo(Reason.BODY_MALFORMED);
    assertThat(nobody.bytesRead + elsewhere.bytesRead + large.bytesRead).isZero();
    assertThat(malformed.bytesRead).isPositive();
  }

  /** A4. */
  @Test
  void refuses_a_model_that_is_not_on_the_keys_list() {
    Decision.Reject reject =
        service.reject(chat("deepseek-v3").key("sk-listed").from("203.0.113.9"));

    assertThat(reject.refusal().status()).isEqualTo(401);
    errorOf(
        reject,
        "ModelArts.81015",
        "Invalid model deepseek-v3, rejected by api key model allowlist setting.");
  }

  /** A4. */
  @Test
  void refuses_a_custom_endpoint_that_is_not_on_the_keys_list() {
    Decision.Reject reject = service.reject(chat("team-b").key("sk-listed").from("203.0.113.9"));

    assertThat(reject.refusal().status()).isEqualTo(401);
    errorOf(
        reject,
        "ModelArts.81015",
        "Invalid custom endpoint team-b, rejected by api key custom endpoint allowlist setting.");
    service.admit(chat("team-a").key("sk-listed").from("203.0.113.9"));
  }

  /** A list of models must not be walked around by the name of an endpoint. */
  @Test
  void judges_the_model_behind_an_endpoint_when_a_key_lists_models_only() {
    service.admit(chat("team-a").key("sk-modelled"));
    assertThat(service.refusal(chat("team-b").key("sk-modelled")))
        .isEqualTo(Reason.ENDPOINT_NOT_ALLOWED);
  }

  /** A4. */
  @Test
  void tells_an_unknown_model_from_one_that_is_not_served_here() {
    Decision.Reject unknown = service.reject(chat("gpt-2").key("sk-all"));
    assertThat(unknown.refusal().status()).isEqualTo(404);
    errorOf(unknown, "ModelArts.81009", "Invalid model.");

    String path = "/api/v1/services/aigc/text-generation/generation";
    Decision.Reject elsewhere =
        service.reject(Request.post(path, "{\"model\":\"deepseek-v3\"}").key("sk-all"));
    assertThat(elsewhere.reason()).isEqualTo(Reason.MODEL_NOT_SERVED);
    assertThat(elsewhere.refusal().status()).isEqualTo(404);
  }

  /** A4. */
  @Test
  void refuses_models_in_the_words_of_model_studio() {
    String path = "/api/v1/services/aigc/text-generation/generation";
    Decision.Reject denied =
        service.reject(Request.post(path, "{\"model\":\"qwen-plus\"}").key("sk-modelled"));
    assertThat(denied.refusal().status()).isEqualTo(403);
    assertThat(body(denied))
        .contains("\"code\":\"Model.AccessDenied\"")
        .contains("\"message\":\"Model access denied.\"");

    Decision.Reject unknown =
        service.reject(Request.post(path, "{\"model\":\"gpt-2\"}").key("sk-all"));
    assertThat(unknown.refusal().status()).isEqualTo(404);
    assertThat(body(unknown)).contains("\"code\":\"ModelNotFound\"");
  }

  /** A5. */
  @Test
  void resolves_aliases_first_and_takes_an_empty_list_for_none() {
    service.admit(chat("best").key("sk-modelled"));
    service.admit(chat("deepseek-v3").key("sk-all"));
    assertThat(service.refusal(chat("qwen-max").key("sk-nothing")))
        .isEqualTo(Reason.MODEL_NOT_ALLOWED);
  }

  /** A7. */
  @Test
  void refuses_a_restricted_key_where_no_model_is_named_unless_it_was_given_the_route() {
    service.admit(Request.get("/tools/list").key("sk-all"));
    assertThat(service.refusal(Request.get("/tools/list").key("sk-modelled")))
        .isEqualTo(Reason.ROUTE_NOT_ALLOWED);
    service.admit(Request.get("/tools/list").key("sk-granted"));
    assertThat(service.refusal(chat("qwen-max").key("sk-granted")))
        .isEqualTo(Reason.ROUTE_NOT_ALLOWED);
  }

  @Test
  void reads_the_model_from_the_path() {
    service.admit(Request.post("/v2/models/qwen-max/infer", "{}").key("sk-modelled"));
    assertThat(service.refusal(Request.post("/v2/models/qwen-plus/infer", "{}").key("sk-modelled")))
        .isEqualTo(Reason.MODEL_NOT_ALLOWED);
  }

  @Test
  void refuses_a_body_that_names_no_model_or_no_sensible_one() {
    String path = "/v1/chat/completions";
    assertThat(service.refusal(Request.post(path, "{}").key("sk-all")))
        .isEqualTo(Reason.MODEL_MISSING);
    assertThat(service.refusal(Request.post(path, "{\"model\":null}").key("sk-all")))
        .isEqualTo(Reason.MODEL_MISSING);
    assertThat(service.refusal(Request.post(path, "{\"model\":\" \"}").key("sk-all")))
        .isEqualTo(Reason.MODEL_MISSING);
    assertThat(service.refusal(Request.post(path, "{\"model\":7}").key("sk-all")))
        .isEqualTo(Reason.FIELD_INVALID);
    assertThat(service.refusal(Request.post(path, "{\"model\":\"a\\u0000b\"}").key("sk-all")))
        .isEqualTo(Reason.FIELD_INVALID);
    assertThat(
            service.refusal(Request.post(path, "{\"model\":\"a\",\"model\":\"b\"}").key("sk-all")))
        .isEqualTo(Reason.BODY_MALFORMED);
    assertThat(service.refusal(Request.post(path, "{\"model\":\"qwen-max\"").key("sk-all")))
        .isEqualTo(Reason.BODY_MALFORMED);
    assertThat(service.refusal(Request.post(path, "").key("sk-all")))
        .isEqualTo(Reason.BODY_MALFORMED);
  }

  @Test
  void names_an_unclear_path_as_it_was_sent_in_the_words_of_the_route_it_may_mean() {
    GuardedService mixed =
        new GuardedService(
            """
            errors.dialect = openai
            route.chat.paths = /v1/chat/completions
            route.chat.dialect = modelarts
            route.other.paths = /v1/other
            key.all.sha256 = %s
            """
                .formatted(Policies.sha256("sk-all")));

    String raw = "/v1/chat%2Fcompletions";
    assertThat(GuardedService.body(mixed.reject(Request.get(raw))))
        .contains("ModelArts.81001", "Invalid api url " + raw + ", it can be read");
    assertThat(GuardedService.body(mixed.reject(Request.get("/v1//other"))))
        .contains("/v1//other")
        .doesNotContain("ModelArts");
    assertThat(GuardedService.body(mixed.reject(Request.get("/v1/./other" + ";x".repeat(5_000)))))
        .hasSizeLessThan(500);
  }

  @Test
  void leaves_paths_alone_that_the_policy_does_not_name() {
    assertThat(service.admit(Request.get("/favicon.ico")).leavesUntouched()).isTrue();
    Request health = Request.get("/health");
    assertThat(service.admit(health).body()).isNull();
  }

  /** H6. */
  @Test
  void names_no_key_in_any_refusal() {
    for (String key :
        new String[] {"sk-all", "sk-listed", "sk-frozen", "sk-nobody", "sk-nothing"}) {
      if (service.judge(chat("deepseek-v3").key(key).from("192.0.2.1"))
          instanceof Decision.Reject reject) {
        assertThat(body(reject) + reject.refusal().headers())
            .doesNotContain(key)
            .doesNotContain(Policies.sha256(key))
            .doesNotContain(key.substring(3) + "\"");
      }
    }
  }
}
