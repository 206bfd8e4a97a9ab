package io.ostiary.tests.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** H4 for npm's {@code @anthropic-ai/sdk}. */
@EnabledIf("io.ostiary.tests.sdk.Node#isWanted")
class AnthropicNodeTest extends ClientContract {

  AnthropicNodeTest() {
    super("anthropic");
  }

  @Override
  Client startClient() throws IOException {
    return NodeClient.start("anthropic");
  }

  /** A4, H5, K7. */
  @Override
  String catalogue() {
    return """
        WRONG_KEY | anthropic | 401 | - | authentication_error | There's an issue with your API key. | 1
        MODEL_NOT_ALLOWED | anthropic | 403 | - | permission_error | Your API key does not have permission to use the model qwen-vl. | 1
        MODEL_UNKNOWN | anthropic | 404 | - | not_found_error | model: gpt-7 | 1
        BODY_TOO_LARGE | anthropic | 413 | - | request_too_large | Request exceeds the maximum size of 64KiB. | 1
        QPS | anthropic | 429 | - | rate_limit_error | This request would exceed the rate limit of 1 requests per second. | 1
        RPM | anthropic | 429 | - | rate_limit_error | This request would exceed the rate limit of 1 requests per minute. | 1
        TPM | anthropic | 429 | - | rate_limit_error | This request would exceed the rate limit of 300 tokens per minute. | 1
        QUEUE_FULL | anthropic | 529 | - | overloaded_error | The API is temporarily overloaded. | 3
        TIMEOUT | anthropic | 504 | - | timeout_error | The request timed out while processing. | 1
        SERVER_ERROR | anthropic | 500 | - | api_error | An unexpected error has occurred. | 3\
        """;
  }

  /** E4. */
  @Test
  void reads_which_limit_it_has_met() throws IOException {
    ask(chat("before-once", "once"));

    Told told = ask(chat("once", "once"));

    assertThat(told.error()).isEqualTo(client().errorOf(429));
    assertThat(told.type()).isEqualTo("rate_limit_error");
    assertThat(told.message())
        .contains("This request would exceed the rate limit of 1 requests per day.");
    assertThat(statuses("once", 1)).containsExactly(429);
  }

  /** H2, H3: on an answer, a stream and a refusal. */
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
        .containsEntry("anthropic-ratelimit-requests-limit", "2")
        .containsEntry("anthropic-ratelimit-requests-remaining", requestsLeft)
        .containsEntry("anthropic-ratelimit-tokens-limit", "100000")
        .containsEntry("anthropic-ratelimit-input-tokens-limit", "40000")
        .containsEntry("anthropic-ratelimit-output-tokens-limit", "50000");
    for (String budget : List.of("requests", "tokens", "input-tokens", "output-tokens")) {
      String reset = headers.get("anthropic-ratelimit-" + budget + "-reset");
      assertThat(reset).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
      assertThat(Instant.parse(reset)).isAfter(Instant.now().minusSeconds(30));
    }
  }

  /** R10. */
  @Test
  void knows_that_a_stream_was_stopped() throws IOException {
    Told told = ask(chat("stopped", "stopped-anthropic").model(ModelServlet.ENDLESS).stream(true));

    assertStopped(
        told,
        null,
        "rate_limit_error",
        "The output was stopped: it would exceed the rate limit of 400 tokens per minute.");
    assertThat(statuses("stopped", 1)).containsExactly(200);
  }
}
