package io.ostiary.core;

import static io.ostiary.core.GuardedService.body;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What of a body is refused before anybody asks whose it is: its size, and numbers that make no sense. */
class BodyDecisionTest {

  private final GuardedService service =
      new GuardedService(
          """
          route.chat.paths = /v1/chat/completions
          route.chat.dialect = modelarts
          route.chat.model = body model
          route.chat.max-body = 1KiB
          key.all.sha256 = %s
          """
              .formatted(Policies.sha256("sk-all")));

  @Test
  void says_which_numbers_it_takes() {
    assertThat(fieldRefusal("\"max_tokens\":-1"))
        .contains("max_tokens", "a whole number from 0 to 2147483647 was expected");
    assertThat(fieldRefusal("\"parameters\":{\"max_tokens\":\"9\"}"))
        .contains("parameters.max_tokens", "from 0 to 2147483647");
    assertThat(fieldRefusal("\"n\":0")).contains("n", "a whole number from 1 to 1024 was expected");
    assertThat(fieldRefusal("\"best_of\":1025")).contains("best_of", "from 1 to 1024");
  }

  private String fieldRefusal(String field) {
    String json = "{\"model\":\"qwen-max\"," + field + "}";
    return body(service.reject(Request.post("/v1/chat/completions", json).key("sk-all")));
  }

  @Test
  void refuses_numbers_that_make_no_sense() {
    for (String field :
        new String[] {"max_tokens", "max_completion_tokens", "max_output_tokens", "n"}) {
      for (String value :
          new String[] {"-1", "1.5", "1e30", "\"9\"", "[1]", "9223372036854775808"}) {
        String json = "{\"model\":\"qwen-max\",\"" + field + "\":" + value + "}";
        assertThat(service.refusal(Request.post("/v1/chat/completions", json).key("sk-all")))
            .as(json)
            .isEqualTo(Reason.FIELD_INVALID);
      }
    }
  }

  /** B1, B3. */
  @Test
  void refuses_a_declared_length_over_the_limit_without_reading_a_byte() {
    Request request = Request.chat("qwen-max", 4, 1).key("sk-all").declaring(1025);
    Decision.Reject reject = service.reject(request);

    assertThat(reject.refusal().status()).isEqualTo(413);
    assertThat(body(reject))
        .contains("ModelArts.81113", "Invalid request body, exceeds the maximum size 1KiB.");
    assertThat(request.bytesRead).isZero();
    assertThat(reject.bodyUnread()).isTrue();
  }

  @Test
  void refuses_a_chunked_body_at_one_byte_over_the_limit() {
    Request request = Request.chat("qwen-max", 4096, 1).key("sk-all").chunked();
    assertThat(service.reject(request).refusal().status()).isEqualTo(413);
    assertThat(request.bytesRead).isLessThanOrEqualTo(1025);
  }

  /** B2: nothing in the head of an HTTP/2 request need tell that a body follows, whatever its method. */
  @Test
  void refuses_a_body_over_the_limit_that_nothing_announces() {
    GuardedService small =
        new GuardedService("route.a.paths = /a\nroute.a.max-body = 1KiB\nroute.a.key = none\n");
    Request fits = Request.get("/a").multiplexed("x".repeat(1024));
    assertThat(small.admit(fits).body()).isNotNull();
    Request tooLarge = Request.get("/a").multiplexed("x".repeat(1025));
    assertThat(small.refusal(tooLarge)).isEqualTo(Reason.BODY_TOO_LARGE);
  }
}
