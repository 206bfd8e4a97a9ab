package io.ostiary.tests.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What OpenAI's clients must make of its dialect, and of those that other vendors speak to the same clients. */
abstract class OpenAiContract extends ClientContract {

  private static final String GO_DURATION = "(\\d+h)?(\\d+m)?\\d+(\\.\\d{1,3})?s|\\d+ms";

  OpenAiContract() {
    super("openai");
  }

  /** E4, A4, K7. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "openai    | stranger | qwen-max | 401 | invalid_api_key   | invalid_request_error | Incorrect API key provided",
        "openai    | any      | gpt-7    | 404 | model_not_found   | invalid_request_error | The model `gpt-7` does not exist or you do not have access to it.",
        "openai    | narrow   | qwen-vl  | 403 | model_not_found   | invalid_request_error | This API key does not have access to model `qwen-vl`.",
        "modelarts | stranger | qwen-max | 401 | ModelArts.81003   | Unauthorized          | Invalid authorization header.",
        "modelarts | any      | gpt-7    | 404 | ModelArts.81009   | NotFound              | Invalid model.",
        "modelarts | narrow   | qwen-vl  | 401 | ModelArts.81015   | Unauthorized          | Invalid model qwen-vl, rejected by api key model allowlist setting.",
        "dashscope-compatible | stranger | qwen-max | 401 | InvalidApiKey      | InvalidApiKey      | Invalid API-key provided.",
        "dashscope-compatible | any      | gpt-7    | 404 | ModelNotFound      | ModelNotFound      | Model can not be found.",
        "dashscope-compatible | narrow   | qwen-vl  | 403 | Model.AccessDenied | Model.AccessDenied | Model access denied.",
      })
  void raises_its_own_error_for_a_refusal(
      String dialect,
      String key,
      String model,
      int status,
      String code,
      String type,
      String message)
      throws IOException {
    String test = dialect + "-" + status + "-" + model;

    Told told = ask(chat(test, key, dialect).model(model));

    assertThat(told.error()).isEqualTo(client().errorOf(status));
    assertThat(told.status()).isEqualTo(status);
    assertThat(told.code()).isEqualTo(code);
    assertThat(told.type()).isEqualTo(type);
    assertThat(told.message()).contains(message);
    assertThat(statuses(test, 1)).containsExactly(status);
  }

  /** E4, H5. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "openai    | rate_limit_exceeded | requests        | Rate limit reached on requests per day (RPD): Limit 1.",
        "modelarts | ModelArts.81101     | TooManyRequests | Too many requests, the rate limit is 1 times per day.",
        "dashscope-compatible | Throttling.RateQuota | Throttling.RateQuota | Requests rate limit exceeded, please try again later.",
      })
  void reads_which_limit_it_has_met(String dialect, String code, String type, String message)
      throws IOException {
    ask(chat("before-once", "once", dialect));

    Told told = ask(chat("once-" + dialect, "once", dialect));

    assertThat(told.error()).isEqualTo(client().errorOf(429));
    assertThat(told.code()).isEqualTo(code);
    assertThat(told.type()).isEqualTo(type);
    assertThat(told.message()).contains(message);
    assertThat(statuses("once-" + dialect, 1)).containsExactly(429);
  }

  /** H2: on an answer, a stream and a refusal. */
  @Test
  void reads_how_its_budgets_stand() throws IOException {
    Told answer = ask(chat("budgets-1", "budgets"));
    Told stream = ask(chat("budgets-2", "budgets").stream(true));
    Told refusal = ask(chat("budgets-3", "budgets"));

    assertBudgets(answer.headers(), "1");
    assertBudgets(stream.headers(), "0");
    assertBudgets(refusal.headers(), "0");
    assertThat(refusal.error()).isEqualTo(client().errorOf(429));
  }

  private static void assertBudgets(Map<String, String> headers, String requestsLeft) {
    assertThat(headers)
        .containsEntry("x-ratelimit-limit-requests", "2")
        .containsEntry("x-ratelimit-remaining-requests", requestsLeft)
        .containsEntry("x-ratelimit-limit-tokens", "100000");
    assertThat(Integer.parseInt(headers.get("x-ratelimit-remaining-tokens")))
        .isBetween(99_000, 99_999);
    assertThat(headers.get("x-ratelimit-reset-requests")).matches(GO_DURATION);
    assertThat(headers.get("x-ratelimit-reset-tokens")).matches(GO_DURATION);
  }

  /** R10. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "openai    | rate_limit_exceeded | tokens          | The output was stopped: rate limit reached on tokens per minute: Limit 400.",
        "modelarts | ModelArts.81101     | TooManyRequests | Too many requests, the output was stopped, the rate limit is 400 tokens per minute.",
        "dashscope-compatible | Throttling.AllocationQuota | Throttling.AllocationQuota | The output was stopped: the quota of 400 tokens per minute is used up.",
      })
  void knows_that_a_stream_was_stopped(String dialect, String code, String type, String message)
      throws IOException {
    String key = "stopped-" + dialect;

    Told told = ask(chat(key, key, dialect).model(ModelServlet.ENDLESS).stream(true));

    assertStopped(told, code, type, message);
    assertThat(statuses(key, 1)).containsExactly(200);
  }
}
