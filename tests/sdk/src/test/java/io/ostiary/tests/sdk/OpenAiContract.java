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

  /** A4, H5, K7. */
  @Override
  String catalogue() {
    return """
        WRONG_KEY | openai | 401 | invalid_api_key | invalid_request_error | Incorrect API key provided | 1
        MODEL_NOT_ALLOWED | openai | 403 | model_not_found | invalid_request_error | This API key does not have access to model `qwen-vl`. | 1
        MODEL_UNKNOWN | openai | 404 | model_not_found | invalid_request_error | The model `gpt-7` does not exist or you do not have access to it. | 1
        BODY_TOO_LARGE | openai | 413 | request_too_large | invalid_request_error | The request body is larger than the maximum of 64KiB. | 1
        QPS | openai | 429 | rate_limit_exceeded | requests | Rate limit reached on requests per second: Limit 1. | 1
        RPM | openai | 429 | rate_limit_exceeded | requests | Rate limit reached on requests per min (RPM): Limit 1. | 1
        TPM | openai | 429 | rate_limit_exceeded | tokens | Rate limit reached on tokens per min (TPM): Limit 300, | 1
        QUEUE_FULL | openai | 450 | queue_full | server_error | Request discarded because the queue is full | 3
        TIMEOUT | openai | 408 | timeout | server_error | The request timed out. | 1
        SERVER_ERROR | openai | 500 | - | server_error | The server had an error while processing your request | 3
        WRONG_KEY | modelarts | 401 | ModelArts.81003 | Unauthorized | Invalid authorization header. | 1
        MODEL_NOT_ALLOWED | modelarts | 401 | ModelArts.81015 | Unauthorized | Invalid model qwen-vl, rejected by api key model allowlist setting. | 1
        MODEL_UNKNOWN | modelarts | 404 | ModelArts.81009 | NotFound | Invalid model. | 1
        BODY_TOO_LARGE | modelarts | 413 | ModelArts.81113 | PayloadTooLarge | Invalid request body, exceeds the maximum size 64KiB. | 1
        QPS | modelarts | 429 | ModelArts.81101 | TooManyRequests | Too many requests, the rate limit is 1 times per second. | 1
        RPM | modelarts | 429 | ModelArts.81101 | TooManyRequests | Too many requests, the rate limit is 1 times per minute. | 1
        TPM | modelarts | 429 | ModelArts.81101 | TooManyRequests | Too many requests, the rate limit is 300 tokens per minute. | 1
        QUEUE_FULL | modelarts | 429 | ModelArts.81101 | TooManyRequests | Too many requests, the queue is full. | 3
        TIMEOUT | modelarts | 504 | ModelArts.81110 | GatewayTimeout | Server process timeout. | 1
        SERVER_ERROR | modelarts | 500 | ModelArts.81102 | InternalServerError | An unexpected exception occurred. Please try again. | 3
        WRONG_KEY | dashscope-compatible | 401 | InvalidApiKey | InvalidApiKey | Invalid API-key provided. | 1
        MODEL_NOT_ALLOWED | dashscope-compatible | 403 | Model.AccessDenied | Model.AccessDenied | Model access denied. | 1
        MODEL_UNKNOWN | dashscope-compatible | 404 | ModelNotFound | ModelNotFound | Model can not be found. | 1
        BODY_TOO_LARGE | dashscope-compatible | 413 | BadRequest.TooLarge | BadRequest.TooLarge | Payload Too Large | 1
        QPS | dashscope-compatible | 429 | Throttling.RateQuota | Throttling.RateQuota | Requests rate limit exceeded, please try again later. | 1
        RPM | dashscope-compatible | 429 | Throttling.RateQuota | Throttling.RateQuota | Requests rate limit exceeded, please try again later. | 1
        TPM | dashscope-compatible | 429 | Throttling.AllocationQuota | Throttling.AllocationQuota | Allocated quota exceeded, please increase your quota limit. | 1
        QUEUE_FULL | dashscope-compatible | 429 | Throttling | Throttling | Requests throttling triggered. | 3
        TIMEOUT | dashscope-compatible | 408 | RequestTimeOut | RequestTimeOut | Request timed out, please try again later. | 1
        SERVER_ERROR | dashscope-compatible | 500 | InternalError | InternalError | An internal error has occured, please try again later or contact service support. | 3\
        """;
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
