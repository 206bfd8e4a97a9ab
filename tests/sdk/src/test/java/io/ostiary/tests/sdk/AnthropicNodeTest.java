package io.ostiary.tests.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  /** E4, A4, K7. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "stranger | qwen-max | 401 | authentication_error | There's an issue with your API key.",
        "any      | gpt-7    | 404 | not_found_error      | model: gpt-7",
        "narrow   | qwen-vl  | 403 | permission_error     | Your API key does not have permission to use the model qwen-vl.",
      })
  void raises_its_own_error_for_a_refusal(
      String key, String model, int status, String type, String message) throws IOException {
    String test = status + "-" + model;

    Told told = ask(chat(test, key).model(model));

    assertThat(told.error()).isEqualTo(client().errorOf(status));
    assertThat(told.status()).isEqualTo(status);
    assertThat(told.type()).isEqualTo(type);
    assertThat(told.message()).contains(message);
    assertThat(statuses(test, 1)).containsExactly(status);
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
