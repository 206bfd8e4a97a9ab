package io.ostiary.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyProblemsTest {

  private static final String A = "a".repeat(64);

  private final PolicyFolder folder;

  PolicyProblemsTest(@TempDir Path temp) {
    folder = new PolicyFolder(temp);
  }

  @Test
  void are_told_all_at_once_in_the_order_of_the_lines() {
    List<String> problems =
        folder.problems(
            """
            mode = enfroce
            route.chat.paths = /v1/chat
            route.chat.max-bdy = 4MiB
            route.chat.max-body = 4
            key.acme.sha256 = abc
            key.acme.limits = gld
            limits.gold = rpm 20
            limits.gold = rpm 30
            """);

    assertThat(problems)
        .containsExactly(
            "ostiary.properties:1: mode = enfroce: enforce or observe or off was expected; did you mean \"enforce\"?",
            "ostiary.properties:3: route.chat.max-bdy: there is no such setting; did you mean \"route.chat.max-body\"?",
            "ostiary.properties:4: route.chat.max-body = 4: a size with its unit was expected, such as 512B, 64KiB, 4MiB or 1GiB, from 1B to 64GiB",
            "ostiary.properties:5: key.acme.sha256 = (not shown): one or two SHA-256 digests of 64 hexadecimal digits were expected",
            "ostiary.properties:6: key.acme.limits = gld: there is no limits.gld; did you mean \"gold\"?",
            "ostiary.properties:7: limits.gold: nothing refers to these limits",
            "ostiary.properties:8: limits.gold: is set on line 7 too");
  }

  @Test
  void a_line_must_be_shorter_than_the_server_has_threads_to_wait() {
    String text =
        """
        route.chat.paths = /v1/chat
        key.acme.sha256 = %s
        service.workers = 5
        service.threads = 20
        service.queue = %d
        """;

    assertThat(folder.problems(text.formatted(A, 11))).isEmpty();
    assertThat(folder.problem(text.formatted(A, 12)))
        .contains("service.queue = 12: at most 11 calls can wait")
        .contains("20 threads (service.threads) the workers hold 5");
  }

  @Test
  void nobody_waits_longer_than_a_call_may_take() {
    String text =
        """
        route.chat.paths = /v1/chat
        key.acme.sha256 = %s
        service.workers = 5
        service.timeout = 5s
        service.queue-wait = %s
        """;

    assertThat(folder.problems(text.formatted(A, "5s"))).isEmpty();
    assertThat(folder.problem(text.formatted(A, "6s"))).contains("is longer than service.timeout");
  }

  /** Each line is added to a policy that is fine without it, and stands on line 6. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "mode =                               | enforce or observe or off was expected",
        "reload.interval = 1                  | a time with its unit was expected",
        "on-failure = pass                    | admit or refuse was expected",
        "unmatched-paths = reject             | pass or refuse was expected",
        "charset = utf8                       | did you mean \"utf-8\"?",
        "errors.dialect = opnai               | did you mean \"openai\"?",
        "errors.dialect = mine.properties     | mine.properties",
        "trusted-proxies = 10.0.0.1/8         | 10.0.0.1/8",
        "trusted-proxies = localhost          | localhost",
        "reload-interval = 1s                 | did you mean \"reload.interval\"?",
        "ruote.chat.dialect = eas             | did you mean \"route.chat.dialect\"?",
        "route.chat = /x                      | there is no such setting",
        "route..paths = /x                    | there is no such setting",
        "limits. = rpm 1                      | there is no such setting",
        "alias = x                            | there is no such setting",
        "route.a b.paths = /x                 | the name of a setting was expected",
        "route.a\\ b.paths = /x               | 1 to 100 letters, digits, _ or -",
        "route.chat.timeout = 5               | a time with its unit was expected",
        "service.workers = 0                  | from 1 to 100000",
        "service.queue = 64                   | has no effect without service.workers",
        "service.queue-wait = 5s              | has no effect without service.workers",
        "service.threads = 50                 | has no effect without service.workers",
        "service.timeout = 0                  | from 10ms to 24h",
        "service.state = gone                 | ready or starting or draining was expected",
        "key.acme.priority = urgent           | high or normal or low was expected",
        "headers.rate-limit = on              | true or false was expected",
        "headers.ietf = yes                   | true or false was expected",
        "key.acme.limits = concurrent 1 burst 2 | concurrent 20 or concurrent 20 observe",
        "route.chat.key = maybe               | required or none was expected",
        "route.chat.max-body = 4              | a size with its unit was expected",
        "route.chat.default-output = many     | a whole number was expected",
        "route.chat.dialect = claude          | modelarts or dashscope",
        "route.other.paths =                  | at least one path was expected",
        "route.other.dialect = eas            | the setting route.other.paths is missing",
        "route.other.paths = /x, /v1/chat     | /v1/chat overlaps /v1/chat of route.chat",
        "route.other.paths = v1               | v1",
        "route.other.paths = /a, /a           | /a stands here twice",
        "route.other.paths = /a,,/b           | an entry is missing beside a comma",
        "route.other.paths = /a /b            | a comma was expected between the entries",
        "route.open.default-output = 1        | has no effect, since route.open.key = none",
        "route.open.models = qwen-max         | has no effect, since route.open.key = none",
        "route.open.model = body model        | has no effect, since route.open.key = none",
        "alias.m = qwen-mx                    | did you mean \"qwen-max\"?",
        "alias.m = qwen-*                     | the name of one model was expected",
        "alias.m =                            | the name of one model was expected",
        "alias.* = qwen-max                   | an alias is one name, no glob",
        "alias.qwen-max = qwen-max            | models has a model of this name",
        "alias.m = team                       | team is a custom endpoint; a model was expected",
        "alias.m = old                        | old is an alias; the model itself was expected",
        "endpoint.e.limits = rpm 1            | the setting endpoint.e.model is missing",
        "endpoint.e.model = qwen-*            | the name of one model was expected",
        "endpoint.1e.model = qwen-max         | 1 to 64 letters, digits",
        "endpoint.e!.model = qwen-max         | 1 to 64 letters, digits",
        "endpoint.é.model = qwen-max          | 1 to 64 letters, digits",
        "endpoint.qwen-max.model = qwen-max   | a model has this name",
        "endpoint.old.model = qwen-max        | an alias has this name",
        "model.qwen2-*.limits = rpm 1         | no model of models matches qwen2-*",
        "model.qwen-mx.limits = rpm 1         | did you mean \"qwen-max\"?",
        "model.qwen-*.limits =                | limits were expected",
        "service.limits = rpm                 | there is no limits.rpm",
        "limits.free = rpm 1                  | nothing refers to these limits",
        "limits.fr.ee = rpm 1                 | 1 to 100 letters, digits, _ or -",
        "limits.free =                        | limits were expected",
        "key.acme.models = qwn-max            | did you mean \"qwen-max\"?",
        "key.acme.models = old                | old is an alias; the model itself was expected",
        "key.acme.models = gpt-*              | no model of models matches gpt-*",
        "key.acme.endpoints = tem             | there is no endpoint.tem; did you mean \"team\"?",
        "key.acme.endpoints = qwen-max        | there is no endpoint.qwen-max",
        "key.acme.routes = caht               | there is no route.caht; did you mean \"chat\"?",
        "key.acme.limits.gpt-* = rpm 1        | no model of models matches gpt-*",
        "key.acme.expires = 2027-01-31        | a moment with its offset was expected",
        "key.acme.expires = +20000-01-01T00:00:00Z | a moment with its offset was expected",
        "key.acme.state = activ               | did you mean \"active\"?",
        "key.acme.anonymous = yes             | true or false was expected",
        "key.acme.anonymous = true            | an anonymous key has neither sha256 nor secret",
        "key.acme.ips = 203.0.113.1/24        | 203.0.113.1/24",
        "key.bolt.limits = rpm 1              | the setting key.bolt.sha256 is missing",
        "key.bolt.secret = sk-1               | a key in plain text is refused",
        "key.acme.secret = sk-1               | not both",
        "key.a.b.sha256 = x                   | there is no such setting",
        "key.a/b.anonymous = true             | 1 to 100 letters, digits, _ or -",
        "allow-plain-text-keys-in-this-file = yes | yes-i-know was expected",
        "on-failure = ${NOT_SET}              | the environment has no NOT_SET",
        "on-failure = ${NOT SET}              | ${NAME:-default}",
        "on-failure = ${OPEN                  | a ${ is not closed by }",
        "on-failure = ${file:gone.txt}        | the file gone.txt does not exist",
        "on-failure = ${file:.}               | the file . is a directory",
      })
  void name_the_line_and_what_was_expected(String line, String expectation) {
    List<String> problems =
        folder.problems(
            """
            models             = qwen-max, qwen-turbo
            alias.old          = qwen-turbo
            endpoint.team.model = qwen-max
            route.chat.paths   = /v1/chat
            key.acme.sha256    = 6b3a55e0261b0304143f805a24924d0c1c44524821305f31d9277843b8a10f4e
            %s
            route.open.paths   = /health
            route.open.key     = none
            route.chat.model   = body model
            """
                .formatted(line));

    assertThat(problems).anyMatch(problem -> problem.contains(expectation));
    assertThat(problems)
        .allMatch(
            problem -> problem.startsWith("ostiary.properties:") || problem.startsWith("mine"))
        .anyMatch(
            problem -> problem.startsWith("ostiary.properties:6: ") || problem.contains("mine"));
    assertThat(problems).noneMatch(problem -> problem.contains("sk-1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1/chat          | body          | a field was expected",
        "/v1/chat          | body a..b     | a field was expected",
        "/v1/chat          | header X Y    | a header's name was expected",
        "/v1/chat          | header X:Y    | a header's name was expected",
        "/v1/chat          | query         | a parameter's name was expected",
        "/v1/chat          | form          | the name of a form's field was expected",
        "/v1/chat          | body a, body a | body a stands here twice",
        "/v1/chat          | body a, none  | none stands alone",
        "/v1/chat          | body a,       | was expected",
        "/v1/chat          | bdy model     | did you mean \"body\"?",
        "/v1/chat          | none at all   | was expected",
        "/v1/chat          | path          | a path has no {model}",
        "/v1/{model}       | body model    | a path has {model}",
        "/v1/{model}, /v2  | path {model}  | a path has no {model}",
      })
  void name_what_is_wrong_with_the_source_of_models(
      String paths, String model, String expectation) {
    assertThat(
            folder.problem(
                "route.chat.paths = %s\nroute.chat.model = %s\nkey.a.sha256 = %s"
                    .formatted(paths, model, A)))
        .startsWith("ostiary.properties:2: route.chat.model = ")
        .contains(expectation);
  }

  @Test
  void include_models_on_a_route_that_names_none() {
    assertThat(folder.problem("route.chat.models = qwen-max\n" + PolicyFolder.LEAST))
        .contains("has no effect, since route.chat.model = none");
  }

  /** A1. */
  @Test
  void name_each_bad_address_and_skip_none() {
    assertThat(
            folder.problems(
                PolicyFolder.LEAST + "key.acme.ips = 10.0.0.1/8, 203.0.113.9, 300.0.0.1"))
        .hasSize(2)
        .allMatch(problem -> problem.startsWith("ostiary.properties:3: key.acme.ips = "))
        .anyMatch(problem -> problem.contains("10.0.0.1/8\" "))
        .anyMatch(problem -> problem.contains("300.0.0.1\" "));
  }

  @Test
  void include_one_digest_for_two_keys_or_twice_for_one() {
    assertThat(
            folder.problem(
                PolicyFolder.LEAST
                    + "key.b.sha256 = 6B3A55E0261B0304143F805A24924D0C1C44524821305F31D9277843B8A10F4E"))
        .isEqualTo("ostiary.properties:3: key.b.sha256 = (not shown): is the key of key.acme too");
    assertThat(folder.problem("route.c.paths = /c\nkey.b.sha256 = " + A + ", " + A))
        .isEqualTo("ostiary.properties:2: key.b.sha256 = (not shown): stands here twice");
  }

  @Test
  void include_two_anonymous_keys() {
    assertThat(
            folder.problem("route.c.paths = /c\nkey.a.anonymous = true\nkey.b.anonymous = true\n"))
        .isEqualTo("ostiary.properties:3: key.b: key.a is the anonymous key already");
  }

  @Test
  void include_three_digests() {
    String three = A + "," + "b".repeat(64) + "," + "c".repeat(64);
    assertThat(folder.problem("route.c.paths = /c\nkey.b.sha256 = " + three))
        .contains("one or two SHA-256 digests");
  }

  @Test
  void include_a_route_without_keys_to_open_it() {
    assertThat(folder.problem("route.chat.paths = /v1/chat"))
        .isEqualTo("ostiary.properties: there is no key, but a route needs one");
    assertThat(folder.problems("route.c.paths = /c\nroute.c.key = none")).isEmpty();
  }

  @Test
  void include_a_policy_without_routes() {
    assertThat(folder.problem("key.a.anonymous = true"))
        .startsWith("ostiary.properties: there is no route");
  }

  @Test
  void include_a_reservation_larger_than_the_token_budget() {
    String text =
        """
        route.chat.paths = /v1/chat
        route.chat.default-output = 2k
        key.a.sha256 = %s
        key.a.limits = %s
        """;

    assertThat(folder.problem(text.formatted(A, "tpm 1k")))
        .startsWith("ostiary.properties:2: route.chat.default-output = 2k: is more than any token")
        .contains("1000 tokens");
    assertThat(folder.problems(text.formatted(A, "tpm 1k burst 2k"))).isEmpty();
    assertThat(folder.problem("service.limits = tpm 1k\n" + text.formatted(A, "tpm 1M")))
        .contains("is more than service.limits ever gives at once");
  }

  /** R5: what nobody wrote is no mistake; the first call of a key with a small budget is admitted. */
  @Test
  void do_not_include_a_budget_below_the_preset_reservation() {
    assertThat(folder.problems(PolicyFolder.LEAST + "key.acme.limits = tpm 100")).isEmpty();
  }

  @Test
  void name_both_lines_of_a_setting_that_is_set_twice() {
    assertThat(folder.problem(PolicyFolder.LEAST + "route.chat.paths = /v2"))
        .isEqualTo("ostiary.properties:3: route.chat.paths: is set on line 1 too");
  }

  @Test
  void include_what_is_wrong_in_a_table_of_the_operators_own() {
    folder.write("mine.properties", "nonsense = here\n");

    assertThat(folder.problems("errors.dialect = mine.properties\n" + PolicyFolder.LEAST))
        .isNotEmpty()
        .allMatch(problem -> problem.startsWith("mine.properties"));
  }

  /** What holds for all keys alike. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "key.forward = never       | yes or no was expected",
        "key.tell = true           | yes or no was expected",
        "key.query = a b           | a parameter's name was expected, such as api_key",
        "key.query = a=b           | a parameter's name was expected, such as api_key",
        "key.failures = lots       | ",
        "key.failures = tpm 60     | one limit of requests was expected, such as rpm 60 burst 100, or off",
        "key.failures = rpm 6, qps 7 | one limit of requests was expected, such as rpm 60 burst 100, or off",
        "key.signature-age = 5     | a time with its unit was expected, such as 500ms, 1s or 2m, from 10ms to 24h, or 0 for never",
        "key.signature-age = 500ms | a time from 1s to 1h was expected, such as 5m",
        "key.signature-age = 2h    | a time from 1s to 1h was expected, such as 5m",
        "service.body-memory = 10  | a size with its unit or a percentage was expected, such as 256MiB or 25%",
        "service.body-memory = 0%  | a size with its unit or a percentage was expected, such as 256MiB or 25%",
      })
  void name_key_value_and_what_was_expected(String line, @Nullable String expected) {
    List<String> problems =
        folder.problems("route.chat.paths = /v1\nkey.acme.sha256 = " + A + "\n" + line + "\n");

    assertThat(problems).hasSize(1);
    assertThat(problems.get(0)).startsWith("ostiary.properties:3: " + line + ": ");
    if (expected != null) {
      assertThat(problems.get(0)).isEqualTo("ostiary.properties:3: " + line + ": " + expected);
    }
  }

  @Test
  void an_app_that_is_told_of_keys_must_never_be_told_by_a_client() {
    assertThat(
            folder.problems(
                "route.chat.paths = /v1\nkey.acme.sha256 = "
                    + A
                    + "\nkey.tell = yes\non-failure = admit\n"))
        .containsExactly(
            "ostiary.properties:3: key.tell = yes: needs on-failure = refuse: a call that passed a failing guard could claim any key");
  }

  /** No token stands in the file, nor in what is said of it. */
  @ParameterizedTest
  @ValueSource(strings = {"NjA4MzE4", "${TOKEN:-NjA4MzE4}", "NjA4${file:x}"})
  void a_token_comes_from_a_file_or_the_environment(String token) {
    folder.environment.put("TOKEN", "NjA4MzE4");
    folder.write("x", "MzE4");
    List<String> problems =
        folder.problems("route.chat.paths = /v1\nkey.acme.eas-token = " + token + "\n");

    assertThat(problems).hasSize(1);
    assertThat(problems.get(0))
        .startsWith("ostiary.properties:2: key.acme.eas-token")
        .contains("${file:")
        .doesNotContain("NjA4");
  }
}
