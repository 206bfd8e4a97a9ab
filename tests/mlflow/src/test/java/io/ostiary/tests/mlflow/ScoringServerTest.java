package io.ostiary.tests.mlflow;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ostiary.tests.contract.Answer;
import io.ostiary.tests.contract.Ask;
import io.ostiary.tests.contract.Keys;
import io.ostiary.tests.contract.Wire;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the agent makes of a server with one model whose labels are Chinese. */
class ScoringServerTest {

  private static final String TWO_AMOUNTS = "{\"columns\":[\"amount\"],\"data\":[[10.0],[5000.0]]}";
  private static final int LIMIT = 4096;

  private static ScoringServers servers;

  @BeforeAll
  static void start() throws IOException, URISyntaxException {
    Path model = Path.of(ScoringServerTest.class.getResource("risk").toURI());
    servers = ScoringServers.start(model, "one-model.properties");
  }

  @AfterAll
  static void stop() throws IOException {
    servers.close();
  }

  // ---- Labels

  /** The fault: the servlet names neither type nor charset, so that Jetty writes what ISO-8859-1 has of it. */
  @Test
  void on_its_own_it_loses_chinese_labels() throws IOException {
    Answer answer = servers.askUnguarded(score());

    assertThat(answer.body()).isEqualTo("[\"???\",\"???\"]".getBytes(US_ASCII));
    assertThat(ScoringServers.headOf(answer))
        .containsExactly(
            "HTTP/1.1 200 OK", "Content-Length: 13", "Server: Jetty(9.4.11.v20180605)");
  }

  /** U1: the same head but for the length, which is that of the bytes. No type is made up where the app named none. */
  @Test
  void guarded_it_writes_them_in_utf_8() throws IOException {
    Answer answer = servers.askGuarded(score().key("bank"));

    assertThat(answer.body()).isEqualTo("[\"低风险\",\"高风险\"]".getBytes(UTF_8));
    assertThat(ScoringServers.headOf(answer))
        .containsExactly(
            "HTTP/1.1 200 OK", "Content-Length: 25", "Server: Jetty(9.4.11.v20180605)");
  }

  // ---- What is as before

  /** Health checks, the app's own errors, and paths that nobody guards: head and body, byte by byte. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | GET    | /ping        |                  |",
        "200 | HEAD   | /ping        |                  |",
        "200 | POST   | /invocations | application/json | {\"columns\":[\"amount\"],\"data\":[]}",
        "500 | POST   | /invocations | application/json | {\"columns\":[\"amount\"",
        "500 | POST   | /invocations | application/json | {\"columns\":[\"金额\"],\"data\":[[1.0]]}",
        "400 | POST   | /invocations | text/plain       | amount",
        "500 | POST   | /invocations |                  |",
        "405 | DELETE | /invocations |                  |",
        "404 | GET    | /nowhere     |                  |",
      })
  void answers_what_is_admitted_as_before(
      int status, String method, String path, String type, String body) throws IOException {
    Ask ask = Ask.of(method, path).key("bank");
    if (type != null) {
      ask.header("Content-Type", type).body(body);
    }
    Answer unguarded = servers.askUnguarded(ask);
    Answer guarded = servers.askGuarded(ask);

    assertThat(unguarded.status()).isEqualTo(status);
    assertThat(ScoringServers.headOf(guarded)).isEqualTo(ScoringServers.headOf(unguarded));
    assertThat(guarded.body()).isEqualTo(unguarded.body());
  }

  /** E2: Jetty's page for a method that the servlet does not have. */
  @ParameterizedTest
  @CsvSource({"POST, /ping", "GET, /invocations"})
  void tells_the_servers_own_errors_in_the_dialect(String method, String path) throws IOException {
    Ask ask = Ask.of(method, path).key("bank").header("x-request-id", "4711");
    assertThat(servers.askUnguarded(ask).text()).contains("<html>");

    Answer answer = servers.askGuarded(ask);
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.header("Content-Type")).isEqualTo("application/json;charset=utf-8");
    assertThat(answer.text())
        .startsWith("{\"error\":{\"message\":\"")
        .endsWith("\"code\":405},\"request_id\":\"4711\"}");
  }

  @Test
  void scores_a_body_that_comes_in_chunks() throws IOException {
    Answer answer = servers.askGuarded(score().key("bank").chunked(7));

    assertThat(answer.text()).isEqualTo("[\"低风险\",\"高风险\"]");
  }

  @Test
  void serves_one_call_after_the_other_on_a_connection() throws IOException {
    try (Wire wire = new Wire(servers.guarded().port())) {
      assertThat(wire.send(score().bytes()).answer().status()).isEqualTo(401);
      assertThat(wire.send(score().key("bank").bytes()).answer().text()).contains("低风险");
      assertThat(wire.send(score().key("bank").bytes()).answer().text()).contains("高风险");
    }
  }

  // ---- Keys

  /** K7, E1: the whole answer, with the id that the caller sent. */
  @Test
  void refuses_a_call_without_a_key() throws IOException {
    Answer answer = servers.askGuarded(score().header("x-request-id", "4711"));

    assertThat(answer.text())
        .isEqualTo(
            "{\"error\":{\"message\":\"Service authentication failed: no token was given in the Authorization header.\","
                + "\"type\":\"AuthenticationError\",\"param\":null,\"code\":401},\"request_id\":\"4711\"}");
    assertThat(answer.header("x-request-id")).isEqualTo("4711");
    assertThat(ScoringServers.headOf(answer))
        .containsExactlyInAnyOrder(
            "HTTP/1.1 401 Unauthorized",
            "WWW-Authenticate: EAS",
            "Content-Type: application/json;charset=utf-8",
            "Content-Length: " + answer.body().length,
            "Server: Jetty(9.4.11.v20180605)");
  }

  /** K5, K7. */
  @ParameterizedTest
  @ValueSource(strings = {"nobody", "expired"})
  void refuses_wrong_and_expired_keys_alike(String key) throws IOException {
    assertRefusal(
        servers.askGuarded(score().key(key)),
        401,
        "AuthenticationError",
        "Service authentication failed.");
  }

  /** K6: as PAI-EAS has it. */
  @Test
  void takes_a_bare_key() throws IOException {
    Ask bare = score().header("Authorization", Keys.secretOf("bank"));

    assertThat(servers.askGuarded(bare).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bank", "expired", "nobody"})
  void ping_is_open_to_everybody(String key) throws IOException {
    assertThat(servers.askGuarded(Ask.get("/ping")).status()).isEqualTo(200);
    assertThat(servers.askGuarded(Ask.get("/ping").key(key)).status()).isEqualTo(200);
  }

  /** A6: each of these reaches the model. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/invocations;a=b",
        "/%69nvocations",
        "/./invocations",
        "/ping/../invocations",
        "/ping/%2e%2e/invocations",
        "/%2e/invocations",
        "/ping;/../invocations",
        "/invocations?/ping",
        "http://localhost/invocations",
      })
  void no_other_spelling_of_the_path_gets_past_the_guard(String target) throws IOException {
    Ask ask = Ask.of("POST", target).json(TWO_AMOUNTS);
    Answer answer = servers.askGuarded(ask);

    assertThat(servers.askUnguarded(ask).status()).isEqualTo(200);
    assertThat(answer.status()).isIn(400, 401);
    assertThat(answer.type()).isEqualTo("application/json;charset=utf-8");
  }

  // ---- Lists

  /** A1, A4. */
  @Test
  void judges_the_address() throws IOException {
    assertThat(servers.askGuarded(score().key("near")).status()).isEqualTo(200);
    assertRefusal(
        servers.askGuarded(score().key("away")),
        403,
        "PermissionDeniedError",
        "The client address 127.0.0.1 is not on the allowlist of this token.");
  }

  /** A7: a key with a list of models cannot be judged where calls name none, unless it was given the route. */
  @Test
  void refuses_a_key_with_a_list_of_models_unless_it_has_the_route() throws IOException {
    assertThat(servers.askGuarded(score().key("granted")).status()).isEqualTo(200);
    assertRefusal(
        servers.askGuarded(score().key("narrow")),
        403,
        "PermissionDeniedError",
        "The path /invocations is not on the allowlist of this token.");
  }

  // ---- Limits

  /** H5, R4: what is refused for its size costs nothing. */
  @Test
  void limits_calls_a_minute() throws IOException {
    for (int i = 0; i < 5; i++) {
      assertThat(servers.askGuarded(scoreOf(LIMIT + 1).key("rpm")).status()).isEqualTo(413);
    }
    assertThat(servers.askGuarded(score().key("rpm")).status()).isEqualTo(200);
    assertThat(servers.askGuarded(score().key("rpm")).status()).isEqualTo(200);
    Answer refused = servers.askGuarded(score().key("rpm"));
    assertRefusal(
        refused,
        429,
        "RateLimitError",
        "The request triggered rate limiting: the limit is 2 requests per minute.");
    assertThat(Long.parseLong(refused.header("retry-after-ms"))).isBetween(1L, 30_000L);
  }

  /** H5: of ten calls one after the other, the second is too soon, or the third on a slow machine. */
  @Test
  void limits_calls_a_second() throws IOException {
    Answer answer = servers.askGuarded(score().key("qps"));
    assertThat(answer.status()).isEqualTo(200);
    for (int call = 2; call <= 10 && answer.status() == 200; call++) {
      answer = servers.askGuarded(score().key("qps"));
    }
    assertRefusal(
        answer,
        429,
        "RateLimitError",
        "The request triggered rate limiting: the limit is 1 requests per second.");
  }

  /** B1, B2, B3: Jetty 9.4 looks at a request when the first byte of its body has come, and no more is sent here. */
  @Test
  void limits_the_size() throws IOException {
    String tooLarge = "The request body is larger than the maximum of 4KiB.";
    assertThat(servers.askGuarded(scoreOf(LIMIT).key("bank")).status()).isEqualTo(200);
    assertThat(servers.askGuarded(scoreOf(LIMIT).key("bank").chunked(100)).status()).isEqualTo(200);
    try (Wire wire = new Wire(servers.guarded().port())) {
      wire.send(score().key("bank").headDeclaring(LIMIT + 1) + "{");
      Answer declared = wire.answer();
      assertRefusal(declared, 413, "RequestTooLargeError", tooLarge);
      assertThat(declared.closes()).isTrue();
    }
    assertRefusal(
        servers.askGuarded(scoreOf(LIMIT + 1).key("bank").chunked(100)),
        413,
        "RequestTooLargeError",
        tooLarge);
  }

  /** H6. */
  @Test
  void the_log_says_what_is_guarded_and_refused_and_no_secret() throws Exception {
    servers.askGuarded(score().key("bank"));
    servers.askGuarded(score().key("expired").header("x-request-id", "4711"));
    String output = servers.guarded().outputWith("ostiary: refused with 401 KEY_EXPIRED");

    assertThat(output)
        .containsPattern(
            "(?m)^ostiary: guarding jetty/9\\.4\\.11\\.v20180605 by policy /.+ \\(keys: 8, routes: 2\\)$")
        .containsPattern(
            "(?m)^ostiary: refused with 401 KEY_EXPIRED, key expired, path /invocations, from 127\\.0\\.0\\.1, request \\S+; .+: 1$");
    assertThat(output).doesNotContain(Keys.secretOf("bank"), Keys.digestOf("bank"));
  }

  private static Ask score() {
    return Ask.of("POST", "/invocations").json(TWO_AMOUNTS);
  }

  /** A call whose body has so many bytes, by blanks behind it. */
  private static Ask scoreOf(int bytes) {
    String blanks = " ".repeat(bytes - TWO_AMOUNTS.length());
    return Ask.of("POST", "/invocations").json(TWO_AMOUNTS + blanks);
  }

  private static void assertRefusal(Answer answer, int status, String type, String message) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.type()).isEqualTo("application/json;charset=utf-8");
    assertThat(answer.text())
        .startsWith(
            "{\"error\":{\"message\":\"%s\",\"type\":\"%s\",\"param\":null,\"code\":%d},"
                .formatted(message, type, status));
  }
}
