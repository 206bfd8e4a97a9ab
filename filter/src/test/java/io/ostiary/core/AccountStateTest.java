package io.ostiary.core;

import static io.ostiary.core.GuardedService.body;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a key is told that is not in good standing: as a whole, on one model, in one workspace. */
class AccountStateTest {

  private static final String POLICY =
      """
      models = qwen-max, qwen-plus, qwen-vl, deepseek-v3
      alias.best = qwen-max
      endpoint.team-a.model = qwen-max
      route.chat.paths = /v1/chat/completions
      route.chat.dialect = %s
      route.chat.model = body model
      route.tools.paths = /tools
      key.acme.sha256 = %s
      """;

  private static GuardedService service(String dialect, String more) {
    return new GuardedService(POLICY.formatted(dialect, Policies.sha256("sk-acme")) + more);
  }

  private static Request chat(String model) {
    return Request.chat(model, 4, 1).key("sk-acme");
  }

  /** E1, H5: the code of the vendor's page for each state. */
  @ParameterizedTest
  @CsvSource({
    "modelarts, frozen,           403, ModelArts.81006",
    "modelarts, blocked,          403, ModelArts.81017",
    "modelarts, unsubscribed,     403, ModelArts.81004",
    "modelarts, arrears,          403, ModelArts.81006",
    "modelarts, postpaid-overdue, 403, ModelArts.81006",
    "modelarts, prepaid-overdue,  403, ModelArts.81006",
    "modelarts, removed,          403, ModelArts.81112",
    "dashscope, frozen,           403, AccessDenied",
    "dashscope, blocked,          403, AccessDenied",
    "dashscope, unsubscribed,     403, AccessDenied.Unpurchased",
    "dashscope, arrears,          400, Arrearage",
    "dashscope, postpaid-overdue, 429, PostpaidBillOverdue",
    "dashscope, prepaid-overdue,  429, PrepaidBillOverdue",
    "dashscope, removed,          401, InvalidApiKey",
  })
  void tells_the_state_of_a_key(String dialect, String state, int status, String code) {
    Decision.Reject reject =
        service(dialect, "key.acme.state = " + state).reject(chat("deepseek-v3"));

    assertThat(reject.refusal().status()).isEqualTo(status);
    assertThat(body(reject)).contains("\"code\":\"" + code + "\"");
  }

  /** E1, H5. */
  @ParameterizedTest
  @CsvSource({
    "modelarts, frozen,           403, ModelArts.81006",
    "modelarts, blocked,          403, ModelArts.81017",
    "modelarts, unsubscribed,     403, ModelArts.81004",
    "modelarts, arrears,          403, ModelArts.81006",
    "modelarts, removed,          403, ModelArts.81112",
    "modelarts, revoked,          401, ModelArts.81015",
    "dashscope, blocked,          403, Model.AccessDenied",
    "dashscope, unsubscribed,     403, AccessDenied.Unpurchased",
    "dashscope, arrears,          400, Arrearage",
    "dashscope, postpaid-overdue, 429, PostpaidBillOverdue",
    "dashscope, prepaid-overdue,  429, PrepaidBillOverdue",
  })
  void tells_the_state_of_a_key_on_a_model(String dialect, String state, int status, String code) {
    GuardedService service = service(dialect, "key.acme.state.qwen-* = " + state);

    Decision.Reject reject = service.reject(chat("qwen-max"));

    assertThat(reject.refusal().status()).isEqualTo(status);
    assertThat(body(reject)).contains("\"code\":\"" + code + "\"");
    service.admit(chat("deepseek-v3"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"qwen-max", "best", "team-a"})
  void judges_the_model_behind_every_name(String name) {
    GuardedService service = service("openai", "key.acme.state.qwen-max = blocked");

    Decision.Reject reject = service.reject(chat(name));

    assertThat(reject.reason()).isEqualTo(Reason.MODEL_BLOCKED);
    assertThat(body(reject)).contains("`" + name + "`");
  }

  @Test
  void lets_a_name_go_before_globs_and_the_first_of_them_before_the_second() {
    GuardedService service =
        service(
            "openai",
            """
            key.acme.state.qwen-v* = frozen
            key.acme.state.qwen-* = unsubscribed
            key.acme.state.qwen-plus = active
            """);

    service.admit(chat("qwen-plus"));
    assertThat(service.refusal(chat("qwen-vl"))).isEqualTo(Reason.MODEL_FROZEN);
    assertThat(service.refusal(chat("qwen-max"))).isEqualTo(Reason.MODEL_UNSUBSCRIBED);
  }

  /** A6: where no list of models stands, a state is all that keeps a caller from one; apps there are that overlook case. */
  @ParameterizedTest
  @CsvSource({
    "QWEN-MAX,    MODEL_BLOCKED",
    "Qwen-Max,    MODEL_BLOCKED",
    "qwen-\u212Aing, MODEL_FROZEN",
    "DeepSeek-V3, MODEL_FROZEN",
  })
  void is_not_got_round_by_another_case(String model, Reason expected) {
    GuardedService service =
        new GuardedService(
            """
            route.chat.paths = /v1/chat/completions
            route.chat.model = body model
            key.acme.sha256 = %s
            key.acme.state.qwen-max = blocked
            key.acme.state.qwen-king = frozen
            key.acme.state.Deep* = frozen
            key.acme.state.deepseek-v2 = active
            """
                .formatted(Policies.sha256("sk-acme")));

    assertThat(service.refusal(chat(model))).isEqualTo(expected);
    service.admit(chat("deepseek-v2"));
    assertThat(service.refusal(chat("deepseek-V2"))).isEqualTo(Reason.MODEL_FROZEN);
  }

  /** A7: what cannot be judged is not let through. */
  @Test
  void refuses_a_route_without_models_to_a_key_that_is_closed_on_one() {
    Request tools = Request.post("/tools", "{}").key("sk-acme");

    assertThat(service("openai", "key.acme.state.qwen-max = frozen").refusal(tools))
        .isEqualTo(Reason.ROUTE_NOT_ALLOWED);
    service("openai", "key.acme.state.qwen-max = active").admit(tools);
    service("openai", "key.acme.state.qwen-max = frozen\nkey.acme.routes = tools").admit(tools);
  }

  /** R4. */
  @Test
  void draws_on_nothing_for_a_model_that_is_closed() {
    GuardedService service =
        service("openai", "key.acme.state.qwen-max = frozen\nkey.acme.limits = rpm 1 burst 1");

    service.reject(chat("qwen-max"));

    service.admit(chat("qwen-plus"));
  }

  @Test
  void only_tells_of_a_key_that_is_observed() {
    GuardedService service =
        service("openai", "key.acme.state.qwen-max = frozen\nkey.acme.mode = observe");

    service.admit(chat("qwen-max"));

    assertThat(service.lines).anyMatch(line -> line.contains("would be refused: MODEL_FROZEN"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "key.acme.state.qwen-max = forzen | did you mean \"frozen\"?",
        "key.acme.state.qwen-mx = frozen  | models has no qwen-mx",
        "key.acme.state.best = frozen     | best is an alias; the model itself was expected",
        "key.acme.state.team-a = frozen   | team-a is a custom endpoint; a model was expected",
        "key.acme.state.gpt-* = frozen    | no model of models matches gpt-*",
        "key.acme.workspaces = a b        | a comma was expected between the entries",
        "key.acme.workspaces = ws/1       | a workspace's name has",
        "workspaces.header = X-Workspace  | has no effect without workspaces",
        "workspaces.header = X Workspace  | the name of one header was expected",
      })
  void tells_what_is_wrong(String line, String expected, @TempDir Path temp) {
    String policy = POLICY.formatted("openai", Policies.sha256("sk-acme")) + line;

    assertThat(new PolicyFolder(temp).problems(policy))
        .anyMatch(problem -> problem.contains(":9: ") && problem.contains(expected));
  }

  @Test
  void misses_a_key_s_workspace_among_those_that_exist(@TempDir Path temp) {
    String policy =
        POLICY.formatted("openai", Policies.sha256("sk-acme"))
            + "workspaces = ws-a, ws-b\nkey.acme.workspaces = default, ws-*, ws-aa\n";

    assertThat(new PolicyFolder(temp).problems(policy))
        .containsExactly(
            "ostiary.properties:10: key.acme.workspaces = default, ws-*, ws-aa: workspaces has no"
                + " ws-aa; did you mean \"ws-a\"?");
  }

  /** E1: Model Studio's answers. */
  @ParameterizedTest
  @CsvSource({
    "default, ADMITTED",
    "ws-a,    ADMITTED",
    "ws-b,    WORKSPACE_NOT_ALLOWED",
    "ws-c,    WORKSPACE_UNKNOWN",
    "WS-A,    WORKSPACE_UNKNOWN",
    "'ws-a,ws-b', WORKSPACE_UNKNOWN",
  })
  void judges_the_workspace_that_a_call_names(String name, String expected) {
    GuardedService service =
        service("dashscope", "workspaces = ws-a, ws-b\nkey.acme.workspaces = default, ws-a\n");
    Request request = chat("qwen-max").header("x-dashscope-workspace", name);

    Decision decision = service.judge(request);

    assertThat(decision instanceof Decision.Reject reject ? reject.reason().name() : "ADMITTED")
        .isEqualTo(expected);
  }

  @Test
  void takes_a_call_without_a_name_for_one_in_the_default_workspace() {
    service("dashscope", "key.acme.workspaces = default").admit(chat("qwen-max"));
    service("dashscope", "workspaces = ws-a").admit(chat("qwen-max"));
    Decision.Reject reject =
        service("dashscope", "key.acme.workspaces = ws-a").reject(chat("qwen-max"));

    assertThat(reject.refusal().status()).isEqualTo(403);
    assertThat(body(reject)).contains("\"code\":\"Workspace.AccessDenied\"");
  }

  /** A6: no second reading. */
  @Test
  void refuses_two_names_even_if_a_glob_would_take_both() {
    Request request = chat("qwen-max");
    request.header("X-DashScope-WorkSpace", "ws-a").header("X-DashScope-WorkSpace", "ws-a");

    assertThat(service("dashscope", "key.acme.workspaces = ws-*").refusal(request))
        .isEqualTo(Reason.WORKSPACE_UNKNOWN);
  }
}
