package io.ostiary.tests.field;

import static org.assertj.core.api.Assertions.assertThat;

import io.ostiary.tests.contract.Answer;
import io.ostiary.tests.contract.Ask;
import io.ostiary.tests.contract.Installation;
import io.ostiary.tests.contract.PolicyFile;
import io.ostiary.tests.contract.ServerProcess;
import io.ostiary.tests.contract.Wire;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Jersey, whose servlet overrides the public {@code service}, so that a guard that waited there would see nothing: P3. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ParameterizedClass
@MethodSource("io.ostiary.tests.field.Server#jerseys")
class JerseyTest {

  private static final String CALL = "{\"model\":\"qwen-max\"}";

  @Parameter private Server kind;
  private ServerProcess guarded;
  private ThreeWays ways;

  @BeforeParameterizedClassInvocation
  void start() throws IOException {
    Path policy = PolicyFile.write(PolicyFile.class, "contract.properties");
    guarded = kind.start("-javaagent:" + Installation.builtAgent() + "=" + policy);
    ways = new ThreeWays(kind::start);
  }

  @AfterParameterizedClassInvocation
  void stop() throws IOException {
    guarded.close();
    ways.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "later", "events", "fails", "nothing"})
  void no_resource_is_reached_without_a_key_or_with_another_model(String resource)
      throws IOException {
    Ask ask = Ask.of("POST", "/openai/" + resource);
    assertThat(ask(ask.json(CALL)).status()).isEqualTo(401);
    ask = Ask.of("POST", "/openai/" + resource).key("acme");
    assertThat(ask(ask.json("{\"model\":\"gpt-5\"}")).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x      | {\"got\":{\"model\":\"qwen-max\"},\"text\":\"你好\"}",
        "later  | {\"got\":{\"model\":\"qwen-max\"}}",
        "events | data: 你好🙂..data: [DONE]..",
      })
  void an_admitted_call_is_answered(String resource, String expected) throws IOException {
    Answer answer = ask(Ask.of("POST", "/openai/" + resource).key("acme").json(CALL));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo(expected.replace("..", "\n\n"));
    assertThat(answer.header("x-request-id")).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({"fails, 500", "refuses-plainly, 409", "nothing, 404"})
  void errors_are_told_in_the_dialect(String resource, int status) throws IOException {
    Answer answer = ask(Ask.of("POST", "/openai/" + resource).key("acme").json(CALL));
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.type()).startsWith("application/json");
    assertThat(answer.text()).startsWith("{\"error\":{").doesNotContain("as it was asked to");
  }

  @Test
  void an_error_with_json_of_its_own_is_left() throws IOException {
    Answer answer = ask(Ask.of("POST", "/openai/refuses").key("acme").json(CALL));
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.text()).isEqualTo("{\"mine\":true}");
  }

  private Answer ask(Ask ask) throws IOException {
    try (Wire wire = new Wire(guarded.port())) {
      return wire.send(ask.bytes()).answerTo(ask.method());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "POST, x",
    "POST, later",
    "POST, events",
    "POST, refuses",
    "POST, refuses-plainly",
    "POST, nothing",
    "GET,  stream?n=1000",
    "HEAD, stream?n=10",
    "GET,  x",
    "OPTIONS, x",
  })
  void an_answer_is_what_it_is_without_the_agent(String method, String resource)
      throws IOException {
    Ask ask = Ask.of(method, "/openai/" + resource);
    ways.ask(method.equals("POST") ? ask.json(CALL) : ask);
  }

  @Test
  void a_form_is_read_as_without_the_agent() throws IOException {
    Ask form =
        Ask.of("POST", "/openai/form")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .body("model=qwen-max&text=%E4%BD%A0%E5%A5%BD+x");
    assertThat(ways.ask(form).text()).isEqualTo("qwen-max 你好 x");
  }
}
