package io.ostiary.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A6: what the head says of a body, or of a model, must be read by the app as the guard reads it. In GBK, for one, the bytes
 * of {@code 你} followed by a backslash and a quote are two characters and the string's end.
 */
class BodyLabelsTest {

  private static final String JSON = "{\"model\":\"qwen-max\"}";

  private final GuardedService service =
      new GuardedService(
          """
          route.chat.paths = /v1/chat/completions
          route.chat.model = body model
          route.named.paths = /named
          route.named.model = header X-Model
          models = qwen-max, deepseek-v3
          key.a.sha256 = %s
          """
              .formatted(Policies.sha256("sk-a")));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "application/json; charset=utf-8",
        "application/json;charset=UTF-8",
        "application/json;charset=\"utf-8\" ; profile=x",
        "application/vnd.model+json; charset=us-ascii",
        "text/plain",
        "application/octet-stream",
      })
  void a_body_of_json_may_be_labelled(String type) {
    service.admit(labelled(type));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json; charset=GBK",
        "application/json; charset=utf-16",
        "application/json; charset=",
        "application/json; charset =gbk",
        "application/json; charset= utf-8, gbk",
        "application/json; charset*=gbk",
        "application/json; xcharset=utf-8; charset=gbk",
        "application/json; xcharset=utf-8",
        "application/json; charset=utf-8; charset=gbk",
        "application/json; a=\"charset=utf-8\"; charset=gbk",
        "charset=utf-8",
      })
  void a_charset_that_others_may_not_take_for_utf_8_is_refused(String type) {
    assertThat(service.refusal(labelled(type))).isEqualTo(Reason.BODY_MALFORMED);
  }

  /** A server makes parameters of it, and {@code model=deepseek-v3} may stand between the quotes of the JSON. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/x-www-form-urlencoded",
        "Application/X-WWW-Form-UrlEncoded; charset=utf-8",
        "multipart/form-data; boundary=b",
        "multipart/mixed; boundary=b",
      })
  void a_form_in_place_of_json_is_refused(String type) {
    Decision.Reject reject = service.reject(labelled(type));

    assertThat(reject.reason()).isEqualTo(Reason.BODY_MALFORMED);
    assertThat(GuardedService.body(reject)).contains("JSON was expected, and a form came");
  }

  @Test
  void a_second_label_is_refused() {
    Request twice = labelled("application/json").header("content-type", "application/json");
    assertThat(service.refusal(twice)).isEqualTo(Reason.BODY_MALFORMED);
  }

  @Test
  void a_coding_is_refused_wherever_it_stands() {
    Request plain = labelled("application/json").header("Content-Encoding", "identity");
    service.admit(plain);
    assertThat(service.refusal(plain.header("content-encoding", "gzip")))
        .isEqualTo(Reason.BODY_ENCODING);
  }

  @Test
  void a_model_in_two_headers_is_refused() {
    Request named = Request.get("/named").key("sk-a").header("X-Model", "qwen-max");
    service.admit(named);
    assertThat(service.refusal(named.header("x-model", "deepseek-v3")))
        .isEqualTo(Reason.FIELD_INVALID);
  }

  private static Request labelled(String type) {
    return Request.unlabelled("/v1/chat/completions", JSON)
        .key("sk-a")
        .header("Content-Type", type);
  }
}
