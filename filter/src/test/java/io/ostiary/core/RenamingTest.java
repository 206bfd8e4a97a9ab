package io.ostiary.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Custom endpoints and aliases: the app is given the model behind them, and all else as it came. */
class RenamingTest {

  private static final String POLICY =
      """
      errors.dialect = modelarts
      route.chat.paths = /chat
      route.chat.model = body model
      route.deep.paths = /deep
      route.deep.model = body input.model
      route.capped.paths = /capped
      route.capped.model = body model
      route.capped.enforce-output = max_tokens
      route.infer.paths = /models/{model}/infer, /v1/models/{model}:predict
      route.head.paths = /head
      route.head.model = header X-Model
      route.query.paths = /query
      route.query.model = query model
      route.form.paths = /form
      route.form.model = form model
      route.all.paths = /all
      route.all.model = body model, header X-Model, query model
      models = qwen-max, deepseek-v3, meta/llama, 通义
      alias.best = qwen-max
      endpoint.team-a.model = qwen-max
      endpoint.slashed.model = meta/llama
      endpoint.chinese.model = 通义
      key.a.sha256 = %s
      key.a.limits = tpm 1000000
      """
          .formatted(Policies.sha256("sk-a"));

  private final GuardedService service = new GuardedService(POLICY);

  private static Request json(String path, String body) {
    return Request.post(path, body).key("sk-a");
  }

  private static Request form(String path, String type, String body) {
    return Request.unlabelled(path, body).key("sk-a").header("Content-Type", type);
  }

  private static String text(Decision.Admit admit) throws IOException {
    Body body = Objects.requireNonNull(admit.body());
    byte[] bytes = body.stream().readAllBytes();
    assertThat(body.length()).isEqualTo(bytes.length);
    return new String(bytes, UTF_8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"team-a", "best", "te\\u0061m-a", "\\u0062est"})
  void puts_the_model_into_a_json_body_and_leaves_the_rest(String written) throws IOException {
    String body =
        "\ufeff{ \"messages\":[{\"model\":\"team-a\"}],\t\"model\" : \"%s\" ,\"x\":\"team-a\"}\n";

    Decision.Admit admit = service.admit(json("/chat", body.formatted(written)));

    assertThat(text(admit)).isEqualTo(body.formatted("qwen-max"));
    assertThat(Objects.requireNonNull(admit.body()).isEdited()).isTrue();
    assertThat(admit.head()).isNull();
  }

  @Test
  void puts_it_at_any_depth_and_across_segments() throws IOException {
    String body =
        "{\"pad\":\""
            + "x".repeat(100_000)
            + "\",\"input\":{\"model\":\"%s\"},\"y\":\""
            + "y".repeat(90_000)
            + "\"}";
    assertThat(text(service.admit(json("/deep", body.formatted("team-a")))))
        .isEqualTo(body.formatted("qwen-max"));
    assertThat(text(service.admit(json("/deep", body.formatted("chinese")).chunked())))
        .isEqualTo(body.formatted("通义"));
  }

  @Test
  void puts_it_beside_the_maximum_that_is_told() throws IOException {
    String told = text(service.admit(json("/capped", "{\"model\":\"team-a\",\"n\":2}")));
    assertThat(told).isEqualTo("{\"max_tokens\":1024,\"model\":\"qwen-max\",\"n\":2}");
  }

  @ParameterizedTest
  @EnumSource(Coding.class)
  void codes_a_coded_body_anew(Coding coding) throws IOException {
    String body = "{\"x\":\"" + "你好".repeat(9_000) + "\",\"model\":\"%s\",\"y\":1}";
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream coder = coding.encoding(out)) {
      coder.write(body.formatted("team-a").getBytes(UTF_8));
    }
    for (String path : new String[] {"/chat", "/capped"}) {
      Request request =
          Request.bytes(path, out.toByteArray())
              .key("sk-a")
              .header("Content-Type", "application/json")
              .header("Content-Encoding", coding.name());

      Body given = Objects.requireNonNull(service.admit(request).body());

      String told = new String(coding.decoded(given.stream()).readAllBytes(), UTF_8);
      String capped = path.equals("/capped") ? "{\"max_tokens\":1024," : "{";
      assertThat(told).isEqualTo(capped + body.formatted("qwen-max").substring(1));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/models/team-a/infer,           /models/qwen-max/infer",
    "/models/team%2Da/infer/,        /models/qwen-max/infer/",
    "/models;v=1/best;s=2/infer;t,   /models;v=1/qwen-max;s=2/infer;t",
    "/v1/models/team-a:predict,      /v1/models/qwen-max:predict",
    "/v1/models/te%61m-a%3Apredict,  /v1/models/qwen-max%3Apredict",
    "/models/chinese/infer,          /models/%E9%80%9A%E4%B9%89/infer",
  })
  void puts_it_into_the_path(String sent, String given) {
    HeadRewrite head = Objects.requireNonNull(service.admit(json(sent, "{}")).head());
    PathRewrite path = Objects.requireNonNull(head.path());

    assertThat(path.raw()).isEqualTo(given);
    assertThat(path.sent()).isEqualTo(sent);
  }

  @Test
  void puts_it_into_the_part_of_the_resolved_path_where_the_name_stood() {
    HeadRewrite head =
        Objects.requireNonNull(service.admit(json("/v1/models/team-a:predict", "{}")).head());
    PathRewrite path = Objects.requireNonNull(head.path());

    assertThat(path.in("/v1/models/team-a:predict", 0)).isEqualTo("/v1/models/qwen-max:predict");
    assertThat(path.in("/models/team-a:predict", 3)).isEqualTo("/models/qwen-max:predict");
    assertThat(path.in("/v1", 0)).isEqualTo("/v1");
  }

  @Test
  void puts_it_into_a_header() {
    Request request = Request.get("/head").key("sk-a").header("X-Model", "team-a");
    HeadRewrite head = Objects.requireNonNull(service.admit(request).head());

    assertThat(head.header("x-model")).isEqualTo("qwen-max");
    assertThat(head.header("Authorization")).isNull();
    assertThat(head.query("model=team-a")).isEqualTo("model=team-a");
    // Containers answer null to that; so must whoever asks them.
    assertThat(head.header(null)).isNull();
    assertThat(head.parameter(null, "team-a")).isEqualTo("team-a");
  }

  @Test
  void puts_it_into_the_query() {
    Request request =
        Request.get("/query?x=team-a&mod%65l=team%2Da&&y=%zz&model=team-a").key("sk-a");
    HeadRewrite head = Objects.requireNonNull(service.admit(request).head());

    assertThat(head.query(Objects.requireNonNull(request.query())))
        .isEqualTo("x=team-a&mod%65l=qwen-max&&y=%zz&model=qwen-max");
    assertThat(head.parameter("model", "team-a")).isEqualTo("qwen-max");
    assertThat(head.parameter("x", "team-a")).isEqualTo("team-a");
    // A forward of the app's own may say something else.
    assertThat(head.query("model=other&model=team-a")).isEqualTo("model=other&model=qwen-max");
    assertThat(head.parameter("model", "other")).isEqualTo("other");
  }

  @Test
  void puts_it_into_forms_and_the_query_beside_them() throws IOException {
    String type = "application/x-www-form-urlencoded";
    Decision.Admit form =
        service.admit(form("/form?model=best", type, "a=best&model=b%65st&b=%20+"));
    assertThat(text(form)).isEqualTo("a=best&model=qwen-max&b=%20+");
    assertThat(Objects.requireNonNull(form.head()).query("model=best")).isEqualTo("model=qwen-max");

    Decision.Admit query = service.admit(form("/query?model=chinese", type, "model=chinese"));
    assertThat(text(query)).isEqualTo("model=%E9%80%9A%E4%B9%89");

    String parts =
        """
        --b
        Content-Disposition: form-data; name="model"

        %s
        --b
        Content-Disposition: form-data; name="file"; filename="team-a"

        team-a
        --b--
        """
            .replace("\n", "\r\n");
    Decision.Admit inParts =
        service.admit(form("/form", "multipart/form-data; boundary=b", parts.formatted("team-a")));
    assertThat(text(inParts)).isEqualTo(parts.formatted("qwen-max"));
  }

  @Test
  void puts_it_everywhere_at_once() throws IOException {
    Decision.Admit admit =
        service.admit(json("/all?model=best", "{\"model\":\"best\"}").header("X-Model", "best"));

    assertThat(text(admit)).isEqualTo("{\"model\":\"qwen-max\"}");
    HeadRewrite head = Objects.requireNonNull(admit.head());
    assertThat(head.header("X-Model")).isEqualTo("qwen-max");
    assertThat(head.query("model=best")).isEqualTo("model=qwen-max");
  }

  /** What is not rewritten costs nothing. */
  @Test
  void leaves_calls_that_name_a_model_itself_as_they_came() throws IOException {
    Decision.Admit admit = service.admit(json("/chat", "{\"model\":\"qwen-max\"}"));
    assertThat(Objects.requireNonNull(admit.body()).isEdited()).isFalse();
    assertThat(admit.head()).isNull();
    assertThat(service.admit(json("/models/qwen-max/infer", "{}")).head()).isNull();
  }

  /** 81016, with both names: never the endpoint's name to an app that does not know it. */
  @ParameterizedTest
  @CsvSource({"/models/slashed/infer, slashed", "/v1/models/slashed:predict, slashed"})
  void refuses_a_name_that_cannot_be_put_where_it_stood(String path, String name) {
    Decision.Reject reject = service.reject(json(path, "{}"));
    assertThat(reject.reason()).isEqualTo(Reason.MODEL_NOT_SERVED);
    assertThat(GuardedService.body(reject))
        .contains("ModelArts.81016")
        .contains("The model " + name + " is not available with api url " + path + ".");

    Request header = Request.get("/head").key("sk-a").header("X-Model", "chinese");
    assertThat(service.refusal(header)).isEqualTo(Reason.MODEL_NOT_SERVED);
  }

  /** Nobody may wrap such a request, so that nothing of it can be rewritten. */
  @Test
  void refuses_a_name_on_a_connection_that_is_about_to_be_another() {
    Request named = Request.get("/query?model=qwen-max").key("sk-a").upgrading();
    assertThat(service.admit(named).head()).isNull();
    Request endpoint = Request.get("/query?model=team-a").key("sk-a").upgrading();
    assertThat(service.refusal(endpoint)).isEqualTo(Reason.MODEL_NOT_SERVED);
  }

  @Test
  void only_observing_rewrites_too() throws IOException {
    GuardedService observed = new GuardedService("mode = observe\n" + POLICY + "key.a.ips =\n");

    Decision.Admit admit = observed.admit(json("/chat", "{\"model\":\"team-a\"}"));

    assertThat(admit.body()).isNull();
    GuardedService limited =
        new GuardedService("mode = observe\nservice.limits = rpm 1\n" + POLICY);
    for (int i = 0; i < 2; i++) {
      assertThat(text(limited.admit(json("/chat", "{\"model\":\"team-a\"}"))))
          .isEqualTo("{\"model\":\"qwen-max\"}");
    }
  }
}
