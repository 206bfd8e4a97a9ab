package io.ostiary.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A6: wherever a call names its model, the app is not shown another one that the guard did not judge. */
class ModelPlacesTest {

  private static final String FORM = "application/x-www-form-urlencoded";

  private final GuardedService service =
      new GuardedService(
          """
          errors.dialect = modelarts
          route.both.paths = /both
          route.both.model = body model, header X-Model, query model
          route.path.paths = /models/{model}/infer
          route.path.model = path, body model_name
          route.form.paths = /form
          route.form.model = form model
          route.query.paths = /query
          route.query.model = query model
          route.any.paths = /any
          route.any.model = form model, body input.model
          models = qwen-max, deepseek-v3, 通义
          key.a.sha256 = %s
          key.a.models = qwen-max, 通义
          """
              .formatted(Policies.sha256("sk-a")));

  private Request json(String path, String body) {
    return Request.post(path, body).key("sk-a");
  }

  private Request form(String path, String body) {
    return Request.unlabelled(path, body).key("sk-a").header("Content-Type", FORM);
  }

  private Request parts(String path, String... parts) {
    StringBuilder body = new StringBuilder();
    for (String part : parts) {
      body.append("--b\r\nContent-Disposition: form-data; ").append(part).append("\r\n");
    }
    return Request.unlabelled(path, body + "--b--\r\n")
        .key("sk-a")
        .header("Content-Type", "multipart/form-data; boundary=b");
  }

  private String detail(Request request, Reason reason) {
    Decision.Reject reject = service.reject(request);
    assertThat(reject.reason()).isEqualTo(reason);
    assertThat(reject.refusal().status()).isEqualTo(400);
    return GuardedService.body(reject);
  }

  @Test
  void one_of_several_places_is_enough() {
    service.admit(json("/both", "{\"model\":\"qwen-max\"}"));
    service.admit(json("/both", "{\"x\":1}").header("X-Model", "qwen-max"));
    service.admit(Request.get("/both?model=qwen-max").key("sk-a"));
    service.admit(json("/both?model=qwen-max", "{\"model\":null}").header("X-Model", "qwen-max"));
    assertThat(service.refusal(json("/both", "{}"))).isEqualTo(Reason.MODEL_MISSING);
  }

  @Test
  void places_that_disagree_are_refused() {
    assertThat(
            detail(
                json("/both", "{\"model\":\"qwen-max\"}").header("x-model", "deepseek-v3"),
                Reason.FIELD_INVALID))
        .contains("another model than elsewhere in the request");
    assertThat(service.refusal(json("/both?model=deepseek-v3", "{\"model\":\"qwen-max\"}")))
        .isEqualTo(Reason.FIELD_INVALID);
    assertThat(service.refusal(json("/models/qwen-max/infer", "{\"model_name\":\"deepseek-v3\"}")))
        .isEqualTo(Reason.FIELD_INVALID);
    service.admit(json("/models/qwen-max/infer", "{\"model_name\":\"qwen-max\"}"));
    service.admit(json("/models/qwen-max/infer", "{}"));
  }

  @Test
  void a_place_that_is_there_and_says_nothing_sensible_is_refused() {
    Request blank = json("/both", "{\"model\":\"\"}").header("X-Model", "qwen-max");
    assertThat(service.refusal(blank)).isEqualTo(Reason.MODEL_MISSING);
    Request number = json("/both", "{\"model\":7}").header("X-Model", "qwen-max");
    assertThat(service.refusal(number)).isEqualTo(Reason.FIELD_INVALID);
    Request malformed = json("/both", "{\"model\"").header("X-Model", "qwen-max");
    assertThat(service.refusal(malformed)).isEqualTo(Reason.BODY_MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "model=qwen-max",
        "a=1&model=qwen-max&b=%zz",
        "mod%65l=qwen%2Dmax",
        "model=%E9%80%9A%E4%B9%89",
        "x=model=deepseek-v3&model=qwen-max&",
      })
  void reads_the_field_of_a_form(String body) {
    service.admit(form("/form", body));
    service.admit(form("/any", body));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "model=deepseek-v3                 | MODEL_NOT_ALLOWED",
        "model=qwen%2Dmax&model=qwen-max   | FIELD_INVALID",
        "model=qwen-max&model=deepseek-v3  | FIELD_INVALID",
        "model=qwen-max&mod%65l=deepseek-v3| FIELD_INVALID",
        "model=qwen-max&Model=deepseek-v3  | FIELD_INVALID",
        "mod%u0065l=deepseek-v3            | FIELD_INVALID",
        "model=%ff                         | FIELD_INVALID",
        "model=qwen-max%                   | FIELD_INVALID",
        "model=                            | MODEL_MISSING",
        "model                             | MODEL_MISSING",
        "models=qwen-max                   | MODEL_MISSING",
        "''                                | MODEL_MISSING",
      })
  void refuses_a_form_that_names_none_or_may_be_read_in_two_ways(String body, Reason reason) {
    assertThat(service.refusal(form("/form", body))).isEqualTo(reason);
    assertThat(service.refusal(form("/form", "x=" + "y".repeat(20_000) + "&" + body)))
        .isEqualTo(reason);
  }

  /** An app that goes by the route and not by the label finds another model in it than the guard; found by the fuzzer. */
  @ParameterizedTest
  @ValueSource(strings = {"/any", "/both"})
  void refuses_json_that_is_labelled_a_form_where_the_query_names_a_model(String path) {
    Request hidden = form(path + "?model=qwen-max", "{\"model\":\"deepseek-v3\"}");
    assertThat(service.refusal(hidden)).isEqualTo(Reason.BODY_MALFORMED);
    Request behind = form(path + "?model=qwen-max", "model=qwen-max&/**/{\"model\":\"x\"}");
    assertThat(service.refusal(behind)).isEqualTo(Reason.BODY_MALFORMED);
  }

  @Test
  void a_form_may_have_braces_where_nobody_looks_for_json() {
    service.admit(form("/form", "model=qwen-max&x={}"));
    service.admit(form("/any", "model=qwen-max&x=%7B%7D"));
  }

  @Test
  void refuses_a_form_in_another_charset_or_coded() {
    Request gbk =
        Request.unlabelled("/form", "model=qwen-max")
            .key("sk-a")
            .header("Content-Type", FORM + "; charset=gbk");
    assertThat(service.refusal(gbk)).isEqualTo(Reason.BODY_MALFORMED);
    assertThat(service.refusal(form("/form", "model=qwen-max").header("Content-Encoding", "gzip")))
        .isEqualTo(Reason.BODY_ENCODING);
  }

  @Test
  void reads_the_part_of_a_form() {
    service.admit(
        parts("/form", "name=\"file\"; filename=\"a\"\r\n\r\nx", "name=\"model\"\r\n\r\nqwen-max"));
    service.admit(
        parts(
            "/form", "name=\"model\"\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nqwen-max"));
    assertThat(service.refusal(parts("/form", "name=\"model\"\r\n\r\ndeepseek-v3")))
        .isEqualTo(Reason.MODEL_NOT_ALLOWED);
    assertThat(service.refusal(parts("/form", "name=\"x\"\r\n\r\nqwen-max")))
        .isEqualTo(Reason.MODEL_MISSING);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name=\"model\"\r\n\r\nqwen-max\r\n--b\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\ndeepseek-v3",
        "name=\"model\"\r\n\r\nqwen-max\r\n--b\r\nContent-Disposition: form-data; name=\"MODEL\"\r\n\r\ndeepseek-v3",
        "name=\"model\"; filename=\"m\"\r\n\r\nqwen-max",
        "name=\"model\"\r\nContent-Type: text/plain; charset=utf-16\r\n\r\nqwen-max",
        "name=\"_charset_\"\r\n\r\nutf-16\r\n--b\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nqwen-max",
      })
  void refuses_parts_that_may_be_read_in_two_ways(String part) {
    assertThat(service.refusal(parts("/form", part))).isEqualTo(Reason.FIELD_INVALID);
  }

  @Test
  void refuses_parts_that_are_malformed() {
    Request broken =
        Request.unlabelled(
                "/form", "--b\nContent-Disposition: form-data; name=\"model\"\n\nx\n--b--")
            .key("sk-a")
            .header("Content-Type", "multipart/form-data; boundary=b");
    assertThat(service.refusal(broken)).isEqualTo(Reason.BODY_MALFORMED);
  }

  /** A servlet puts the parameters of the query before those of a form, and some frameworks join them. */
  @Test
  void a_query_beside_a_form_must_not_name_another_model() {
    String query = "?model=deepseek-v3";
    assertThat(service.refusal(form("/form" + query, "model=qwen-max")))
        .isEqualTo(Reason.FIELD_INVALID);
    assertThat(service.refusal(form("/form?mod%u0065l=deepseek-v3", "model=qwen-max")))
        .isEqualTo(Reason.FIELD_INVALID);
    assertThat(service.refusal(form("/form?model=qwen-max", "x=1")))
        .isEqualTo(Reason.FIELD_INVALID);
    assertThat(service.refusal(form("/query?model=qwen-max", "model=deepseek-v3")))
        .isEqualTo(Reason.FIELD_INVALID);
    assertThat(service.refusal(parts("/query?model=qwen-max", "name=\"model\"\r\n\r\ndeepseek-v3")))
        .isEqualTo(Reason.FIELD_INVALID);
    service.admit(form("/form?model=qwen-max", "model=qwen-max"));
    service.admit(form("/query?model=qwen-max", "x=1"));
  }

  /** B4: what nobody needs is not read. */
  @Test
  void a_body_that_names_no_model_is_not_read() {
    Request image =
        Request.bytes("/query?model=qwen-max", new byte[1000])
            .key("sk-a")
            .header("Content-Type", "image/png");
    assertThat(service.admit(image).body()).isNull();
    assertThat(image.bytesRead).isZero();
  }

  @Test
  void a_route_takes_forms_and_json_beside_each_other() {
    service.admit(json("/any", "{\"input\":{\"model\":\"qwen-max\"}}"));
    service.admit(parts("/any", "name=\"model\"\r\n\r\nqwen-max"));
    assertThat(service.refusal(json("/any", "{\"model\":\"qwen-max\"}")))
        .isEqualTo(Reason.MODEL_MISSING);
  }
}
