package io.ostiary.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors of the app and the container, in the words of the route. */
class AppErrorsTest {

  private static final String ID = "4711";

  private final GuardedService service =
      new GuardedService("route.chat.paths = /v1/**\nroute.chat.dialect = openai\n" + key());

  /** E1, E2: the status is what the app gave, whichever row speaks. */
  @ParameterizedTest
  @CsvSource({
    "openai,    404, '\"code\":\"unknown_url\"'",
    "openai,    405, '\"code\":\"method_not_supported\"'",
    "openai,    418, '\"type\":\"invalid_request_error\"'",
    "openai,    503, 'The engine is currently overloaded, please try again later'",
    "openai,    599, '\"type\":\"server_error\"'",
    "openai,    999, '\"type\":\"server_error\"'",
    "modelarts, 404, 'ModelArts.81016'",
    "modelarts, 500, 'ModelArts.81102'",
    "modelarts, 502, 'ModelArts.81104'",
    "dashscope, 413, 'BadRequest.TooLarge'",
    "dashscope-compatible, 503, 'ModelUnavailable'",
    "anthropic, 503, 'overloaded_error'",
    "anthropic, 413, 'request_too_large'",
    "eas,       405, '\"code\":405'",
    "eas,       409, '\"code\":409'",
  })
  void a_status_is_told_in_the_words_of_its_row(String dialect, int status, String expected) {
    Refusal answer = errors(dialect, false).answer(status);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(text(answer)).contains(expected);
    assertThat(answer.headers())
        .contains(new Header("Content-Type", "application/json; charset=utf-8"))
        .contains(new Header(dialect(dialect).requestIdHeader(), ID));
  }

  @Test
  void a_path_is_named_where_the_row_names_it() {
    assertThat(text(errors("openai", false).answer(404))).contains("Invalid URL (/v1/x)");
  }

  /** H6, E2: the words of an exception are nobody's business, nor is what looks like a trace or a page. */
  @ParameterizedTest
  @CsvSource({
    "400, the prompt is empty, true",
    "422, 提示为空, true",
    "500, the prompt is empty, false",
    "400, <h1>Bad</h1>, false",
  })
  void what_the_app_says_of_a_client_s_error_is_carried_over(
      int status, String said, boolean carried) {
    AppErrors errors = errors("openai", false);
    errors.raised(status, said);
    assertThat(text(errors.answer(status)).contains(said)).isEqualTo(carried);
  }

  /** An error page that fails itself, for one. */
  @Test
  void what_was_said_of_one_error_is_not_said_of_another() {
    AppErrors errors = errors("openai", false);
    errors.raised(400, "the prompt is empty");
    assertThat(text(errors.answer(500))).doesNotContain("the prompt is empty");
  }

  @Test
  void several_lines_and_long_ones_are_not_carried_over_whole() {
    AppErrors errors = errors("openai", false);
    errors.raised(400, "java.lang.X\n\tat example.Secret.run");
    assertThat(text(errors.answer(400))).doesNotContain("Secret");
    errors.raised(400, "y".repeat(100_000));
    assertThat(errors.answer(400).body()).hasSizeLessThan(1000);
  }

  @Test
  void what_the_app_says_does_not_break_the_json() {
    AppErrors errors = errors("openai", false);
    errors.raised(400, "no \"model\" \\ given");
    assertThat(text(errors.answer(400))).contains("\"message\":\"no \\\"model\\\" \\\\ given\"");
  }

  /** With container, what is JSON stays, whatever it is called; pages and plain text do not. */
  @ParameterizedTest
  @CsvSource({
    "application/json,         '{\"mine\":1}',          true",
    "application/problem+json, '{\"title\":\"no\"}',    true",
    "text/html,                '<h1>no</h1>',           false",
    "text/html,                '{\"mine\":1}',          true",
    "text/plain,               'Internal Server Error', false",
    ",                         ' {\"mine\":1}',         true",
    ",                         'no',                    false",
    ",                         '',                      false",
  })
  void json_of_the_app_s_own_is_kept(@Nullable String type, String body, boolean kept) {
    assertThat(written("openai", false, 400, type, body) == null).isEqualTo(kept);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"application/octet-stream", "application/x-protobuf", "text/event-stream"})
  void other_types_are_never_even_held(String type) {
    assertThat(errors("openai", true).mayReplace(type)).isFalse();
  }

  /** With all, the errors of the common servers are read, and what they say is carried over. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"detail\":\"no such thing\"}",
        "{\"detail\":[{\"loc\":[\"body\",\"model\"],\"msg\":\"no such thing\",\"type\":\"missing\"}]}",
        "{\"object\":\"error\",\"message\":\"no such thing\",\"type\":\"BadRequestError\",\"param\":null,\"code\":400}",
        "{\"timestamp\":1,\"status\":400,\"error\":\"Bad Request\",\"message\":\"no such thing\",\"path\":\"/v1\"}",
        "{\n\"url\":\"/v1\",\n\"status\":\"400\",\n\"message\":\"no such thing\"\n}",
        "{\"error\":{\"message\":\"no such thing\",\"type\":\"x\"}}",
        "{\"error\":\"no such thing\",\"error_type\":\"validation\"}",
        "{\"error_code\":\"ModelArts.81001\",\"error_msg\":\"no such thing\"}",
      })
  void with_all_the_message_of_json_is_carried_over(String body) {
    Refusal answer = written("anthropic", true, 400, "application/json", body);
    assertThat(text(Objects.requireNonNull(answer)))
        .isEqualTo(
            "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"no such thing\"},\"request_id\":\"4711\"}");
  }

  @Test
  void with_all_a_body_that_speaks_the_dialect_is_kept() {
    String openai =
        "{\"error\":{\"message\":\"m\",\"type\":\"t\",\"param\":null,\"code\":\"context_length_exceeded\"}}";
    assertThat(written("openai", true, 400, "application/json", openai)).isNull();
    assertThat(written("modelarts", true, 400, "application/json", openai)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[1,2]", "{\"a\":", "{}", "{\"message\":7}", "not json"})
  void with_all_json_that_says_nothing_gets_the_row_s_text(String body) {
    Refusal answer = written("anthropic", true, 400, "application/json", body);
    assertThat(text(Objects.requireNonNull(answer))).contains("There was an issue with the format");
  }

  /** The log has an exception once, with the id that the client was told; the client has nothing of it. */
  @Test
  void an_exception_is_logged_with_the_request_s_id_and_not_told() {
    AppErrors errors = Objects.requireNonNull(admitted("many-words").errors());
    Refusal answer = errors.thrown(500, new IllegalStateException("at 10.0.0.7: secret"));
    assertThat(service.failures)
        .singleElement()
        .asString()
        .contains("request many-words", "path /v1/x", "at 10.0.0.7: secret");
    assertThat(text(answer)).doesNotContain("10.0.0.7", "Exception");
    assertThat(answer.headers()).contains(new Header("x-request-id", "many-words"));
  }

  /** E3. */
  @Test
  void a_stream_ends_with_an_event_of_the_dialect_and_nothing_else_does() {
    AppErrors errors = errors("dashscope", false);
    assertThat(
            new String(
                Objects.requireNonNull(errors.closingEvent("text/event-stream")),
                StandardCharsets.UTF_8))
        .startsWith("id:1\nevent:error\n:HTTP_STATUS/500\ndata: {\"request_id\":\"4711\"")
        .endsWith("}\n\n");
    assertThat(errors.closingEvent("application/json")).isNull();
    assertThat(errors.closingEvent(null)).isNull();
  }

  /** E1: the caller's own id if it is well formed, and otherwise one that is the same wherever it is told. */
  @Test
  void an_admitted_call_is_known_by_its_id() {
    assertThat(admitted("mine").headers()).contains(new Header("x-request-id", "mine"));
    Decision.Admit other = admitted("not mine!");
    String made = other.headers().get(0).value();
    assertThat(made).startsWith("req_").isNotEqualTo("not mine!");
    assertThat(text(Objects.requireNonNull(other.errors()).answer(500))).isNotEmpty();
    assertThat(Objects.requireNonNull(other.errors()).answer(500).headers())
        .contains(new Header("x-request-id", made));
  }

  @ParameterizedTest
  @CsvSource({
    "errors.normalise = none,                                 true",
    "errors.normalise = all ; route.chat.normalise = none,    true",
    "errors.normalise = none ; route.chat.normalise = all,    false",
    "mode = observe,                                          true",
    "key.k.mode = observe,                                    true",
  })
  void nothing_is_told_anew_where_the_operator_wants_none(String settings, boolean none) {
    GuardedService quiet =
        new GuardedService("route.chat.paths = /v1/**\n" + key() + settings.replace(" ; ", "\n"));
    assertThat(quiet.admit(Request.get("/v1/x").key("sk-k")).errors() == null).isEqualTo(none);
  }

  // ---- on calls that no second stage has admitted

  @Test
  void errors_of_the_server_are_told_on_guarded_paths() {
    assertThat(service.guard.errors(Request.get("/v1/none"), null)).isNotNull();
    assertThat(service.guard.errors(Request.get("/elsewhere"), null)).isNull();
  }

  /** E2: a request that the server could not read is nobody's. */
  @Test
  void errors_of_the_server_are_told_where_there_is_no_path() {
    assertThat(service.guard.errors(Request.get(""), null)).isNotNull();
  }

  @Test
  void errors_of_the_server_are_told_elsewhere_if_unmatched_paths_are_refused() {
    GuardedService strict =
        new GuardedService(
            "unmatched-paths = refuse\nerrors.dialect = eas\nroute.chat.paths = /v1/**\n" + key());
    AppErrors errors = strict.guard.errors(Request.get("/elsewhere"), null);
    assertThat(text(Objects.requireNonNull(errors).answer(404))).contains("NotFoundError");
  }

  @Test
  void the_first_stage_has_named_the_call_for_both() {
    Request request = Request.get("/v1/x").key("sk-k");
    Decision found = service.guard.arrive(request);
    AppErrors errors = Objects.requireNonNull(service.guard.errors(request, found));
    Decision entered = service.guard.enter(((Decision.Proceed) found).arrival(), request, request);
    assertThat(errors.answer(404).headers()).contains(((Decision.Admit) entered).headers().get(0));
  }

  private Decision.Admit admitted(String id) {
    return service.admit(Request.get("/v1/x").key("sk-k").header("x-request-id", id));
  }

  private static @Nullable Refusal written(
      String dialect, boolean all, int status, @Nullable String type, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return errors(dialect, all).answer(status, type, bytes, bytes.length, true);
  }

  private static AppErrors errors(String dialect, boolean all) {
    Dialect spoken = dialect(dialect);
    return new AppErrors(spoken, all, ID, List.of(spoken.idHeader(ID)), "/v1/x", new SilentLog());
  }

  private static Dialect dialect(String name) {
    return Objects.requireNonNull(Dialect.builtIn(name));
  }

  private static String key() {
    return "key.k.sha256 = " + Policies.sha256("sk-k") + "\n";
  }

  private static String text(Refusal refusal) {
    return new String(refusal.body(), StandardCharsets.UTF_8);
  }
}
