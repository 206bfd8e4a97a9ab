package io.ostiary.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** E2, H6: errors of asynchronous calls, of an app that is not there, and of what it reads. */
interface LateErrorContract extends Guarded {

  /** As {@link ErrorContract} says. */
  boolean comesAfterTheAppsFilters();

  @ParameterizedTest
  @CsvSource({
    "how=send-error&status=503,                     503, overloaded",
    "how=send-error&status=404,                     404, unknown_url",
    "how=status&status=503,                         503, overloaded",
    "how=stream&status=500,                         500, server_error",
    "how=writer&status=503,                         503, overloaded",
    "how=begun&status=404,                          404, unknown_url",
    "how=timeout-page&status=503,                   503, overloaded",
    "how=timeout,                                   500, server_error",
    "how=dispatch&then=throw,                       500, server_error",
    "how=dispatch&then=fail,                        500, server_error",
    "how=dispatch&then=send-error&status=503,       503, overloaded",
    "how=dispatch&then=status&status=404,           404, unknown_url",
  })
  default void an_error_of_an_asynchronous_call_is_told_in_the_dialect(
      String trouble, int status, String expected) throws IOException {
    Answer answer = ask(Ask.get("/late-trouble/x?" + trouble).key("acme"));

    assertThat(answer.status()).isEqualTo(status);
    assertEnvelope(answer);
    assertThat(answer.text()).contains(expected);
    assertThat(answer.header("x-request-id")).startsWith("req_");
  }

  /** What a thread of the app's own has written is never lost, be it JSON, or sent on to where no door may stand. */
  @ParameterizedTest
  @CsvSource({
    "how=json&status=422,          422, '{\"mine\":1}'",
    "how=page-dispatch&status=409, 409, <h1>secret</h1>",
  })
  default void what_an_asynchronous_call_says_of_its_own_is_kept(
      String trouble, int status, String body) throws IOException {
    Answer answer = ask(Ask.get("/late-trouble/x?" + trouble).key("acme"));

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.text()).isEqualTo(body);
  }

  /** In its first cycle or a later one. */
  @ParameterizedTest
  @ValueSource(strings = {"listened", "again"})
  default void an_app_that_answers_for_its_own_time_out_is_heard(String how) throws IOException {
    Answer answer = ask(Ask.get("/late-trouble/x?how=" + how).key("acme"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo("{\"late\":true}");
  }

  /**
   * E2: a servlet that is unavailable has the container's own status for it, which an unguarded path shows. Jetty says 503. Tomcat
   * says 503 and when to come again to the call that finds it so, and 404 to later ones, all without a look at the filters.
   */
  @Test
  default void an_app_that_is_not_there_is_told_in_the_dialect() throws IOException {
    if (comesAfterTheAppsFilters()) {
      return;
    }
    for (int call = 0; call < 3; call++) {
      Answer containers = ask(Ask.get("/nowhere/down"));
      Answer answer = ask(Ask.get("/down-trouble/x").key("acme"));

      assertThat(containers.type()).as("an unguarded path").startsWith("text/html");
      assertThat(answer.status()).isEqualTo(containers.status()).isIn(404, 503);
      assertThat(answer.header("Retry-After") == null)
          .isEqualTo(containers.header("Retry-After") == null);
      assertEnvelope(answer);
      assertThat(answer.text()).contains(answer.status() == 404 ? "unknown_url" : "overloaded");
    }
  }

  /** E2: an app that is stopped has the container's own status for it: 503 of Jetty, 404 of Tomcat, which forgets it. */
  @Test
  default void an_app_that_is_stopped_is_told_in_the_dialect() throws IOException {
    if (comesAfterTheAppsFilters()) {
      return;
    }
    Answer containers = ask(Ask.get("/parked/open"));
    Answer answer = ask(Ask.get("/parked/trouble").key("acme"));

    assertThat(containers.type()).as("an unguarded path").startsWith("text/html");
    assertThat(answer.status()).isEqualTo(containers.status()).isIn(404, 503);
    assertEnvelope(answer);
    assertThat(answer.text()).contains(answer.status() == 404 ? "unknown_url" : "overloaded");
    assertThat(ask(Ask.get("/parked/trouble")).status()).isEqualTo(401);
  }

  /** Containers throw on such a form, and answer 400 or 500. */
  @ParameterizedTest
  @ValueSource(strings = {"multipart/form-data", "multipart/form-data; boundary=b"})
  default void a_form_that_the_app_cannot_read_is_told_in_the_dialect(String type)
      throws IOException {
    Ask ask = Ask.of("POST", "/late-trouble/x?how=parts").key("acme").header("Content-Type", type);

    Answer answer = ask(ask.body("--b\r\nno form at all"));

    assertThat(answer.status()).isIn(400, 500);
    assertEnvelope(answer);
  }

  /** Some containers pass over what they cannot decode. */
  @Test
  default void parameters_that_cannot_be_decoded_are_passed_over_or_told_in_the_dialect()
      throws IOException {
    String type = "application/x-www-form-urlencoded";
    Ask ask = Ask.of("POST", "/late-trouble/x").key("acme").header("Content-Type", type);

    Answer answer = ask(ask.body("a=%zz&%=&=&b=%ff"));

    if (answer.status() != 200) {
      assertThat(answer.status()).isIn(400, 500);
      assertEnvelope(answer);
    }
  }

  private static void assertEnvelope(Answer answer) {
    assertThat(answer.type()).isEqualTo("application/json;charset=utf-8");
    assertThat(answer.text()).startsWith("{\"error\":{\"message\":\"").endsWith("}}");
    assertThat(answer.toString()).doesNotContain("<h1", "<html", "secret", "10.0.0.7", "\tat ");
  }
}
