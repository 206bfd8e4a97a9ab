package io.ostiary.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

  private final Path temp;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  CommandLineTest(@TempDir Path temp) {
    this.temp = temp;
  }

  @Test
  void check_prints_keys_by_routes_by_limits_without_digests() {
    PolicyFolder folder =
        new PolicyFolder(temp)
            .write(
                """
                models             = qwen-max, qwen-turbo, ds-v3
                endpoint.甲.model   = ds-v3
                endpoint.甲.limits  = qps 5
                model.qwen-*.limits = rpm 600
                service.limits     = qps 1000
                limits.gold        = rpm 2000 burst 100, tpm 2M
                route.chat.paths   = /v1/chat
                route.chat.model   = body model
                route.chat.models  = qwen-*
                route.rank.paths   = /v1/rank, /v2/rank
                route.rank.dialect = modelarts
                route.open.paths   = /health
                route.open.key     = none
                key.acme.sha256    = 6b3a55e0261b0304143f805a24924d0c1c44524821305f31d9277843b8a10f4e
                key.acme.models    = qwen-max, ds-v3
                key.acme.limits    = gold
                key.acme.limits.qwen-max = rpm 10
                key.bolt.anonymous = true
                key.bolt.routes    = rank
                key.bolt.ips       = 203.0.113.0/24
                key.bolt.expires   = 2027-01-31T00:00:00Z
                """);

    assertThat(run("", "check", folder.file.toString())).isZero();

    assertThat(out.toString(UTF_8))
        .isEqualTo(
            """
            mode enforce
            other paths pass

            ROUTE  PATHS               DIALECT    MODEL       KEY       MAX-BODY
            chat   /v1/chat            openai     body model  required  4MiB
            rank   /v1/rank, /v2/rank  modelarts  none        required  4MiB
            open   /health             openai     none        none      4MiB

            KEY               ROUTE  STATE   EXPIRES               FROM              MODELS                   ENDPOINTS  LIMITS
            acme              chat   active  never                 any               qwen-max                 as models  rpm 2000 burst 100, tpm 2000000; qwen-max: rpm 10
            acme              rank   active  never                 any               refused: names no model  as models  rpm 2000 burst 100, tpm 2000000; qwen-max: rpm 10
            bolt (anonymous)  rank   active  2027-01-31T00:00:00Z  [203.0.113.0/24]  -                        as models  none
            "refused: names no model": a key that is restricted by models may call such a route only if key.TAG.routes lists it

            SHARED BY ALL CALLS  LIMITS
            to the service       qps 1000
            to model qwen-*      rpm 600
            to endpoint 甲       qps 5
            """);
    assertThat(err.toString(UTF_8)).isEmpty();
  }

  /** What the report says and what becomes of a call are the same. */
  @Test
  void check_says_nothing_of_models_where_a_key_was_given_the_route() {
    PolicyFolder folder =
        new PolicyFolder(temp)
            .write(PolicyFolder.LEAST + "key.acme.models = qwen-max\nkey.acme.routes = chat\n");

    assertThat(run("", "check", folder.file.toString())).isZero();

    assertThat(out.toString(UTF_8))
        .contains("\nacme  chat   active  never    any   -       as models  none\n")
        .doesNotContain("refused");
  }

  @Test
  void check_writes_models_shortly() {
    PolicyFolder folder =
        new PolicyFolder(temp)
            .write(
                PolicyFolder.LEAST
                    + """
                    models = deepseek-v3, qwen-max, qwen2.5-*
                    endpoint.team.model = deepseek-v3
                    route.chat.model = body model
                    route.chat.models = qwen2.5-*
                    key.none.sha256 = %s
                    key.none.models =
                    """
                        .formatted("a".repeat(64)));

    assertThat(run("", "check", folder.file.toString())).isZero();

    assertThat(out.toString(UTF_8))
        .contains("\nacme  chat   active  never    any   qwen2.5-*  as models  none\n")
        .contains("\nnone  chat   active  never    any   none       as models  none\n");
  }

  @Test
  void check_lists_the_problems_and_fails() {
    PolicyFolder folder = new PolicyFolder(temp).write("mode = of\n" + PolicyFolder.LEAST);

    assertThat(run("", "check", folder.file.toString())).isEqualTo(1);

    assertThat(err.toString(UTF_8)).startsWith(folder.file + ":1: mode = of: ");
    assertThat(out.toString(UTF_8)).isEmpty();
  }

  @Test
  void check_fails_on_a_file_that_is_not_there() {
    assertThat(run("", "check", temp.resolve("gone").toString())).isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains("does not exist");
    assertThat(run("", "check", "a\0b")).isEqualTo(1);
  }

  @Test
  void new_key_prints_a_key_and_the_line_that_knows_it() {
    assertThat(run("", "new-key", "acme")).isZero();
    List<String> lines = out.toString(UTF_8).lines().toList();
    String key = lines.get(1);
    assertThat(key).matches("ost-[A-Za-z0-9_-]{43}");

    PolicyFolder folder =
        new PolicyFolder(temp).write("route.chat.paths = /v1/chat\n" + lines.get(3) + "\n");

    assertThat(folder.policy().keys().get(0).tag()).isEqualTo("acme");
    assertThat(folder.policy().keys().get(0).digests()).containsExactly(Digest.of(key));
  }

  @Test
  void new_key_never_makes_the_same_key_twice() {
    run("", "new-key", "acme");
    String first = out.toString(UTF_8);
    out.reset();
    run("", "new-key", "acme");

    assertThat(out.toString(UTF_8)).isNotEqualTo(first);
  }

  @Test
  void new_key_refuses_a_name_that_the_file_would_refuse() {
    assertThat(run("", "new-key", "a.b")).isEqualTo(2);
    assertThat(out.toString(UTF_8)).isEmpty();
  }

  /** FIPS 180-4's own example. */
  @ParameterizedTest
  @ValueSource(strings = {"abc", "abc\n", "abc\r\n"})
  void hash_digests_standard_input_without_its_newline(String input) {
    assertThat(run(input, "hash")).isZero();
    assertThat(out.toString(UTF_8).strip())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void hash_takes_the_longest_key_that_a_call_may_come_with() {
    assertThat(run("k".repeat(512) + "\r\n", "hash")).isZero();
    assertThat(run("k".repeat(513) + "\n", "hash")).isEqualTo(1);
  }

  /** The digest of such a key would stand in the file, and each of its calls be refused as malformed. */
  @ParameterizedTest
  @ValueSource(
      strings = {"", "\n", " abc", "abc ", "a\nb\n", "abc\n\n", "a\tb", "a bc", "abc-密\n", "abcé"})
  void hash_refuses_what_no_call_can_come_with(String input) {
    assertThat(run(input, "hash")).isEqualTo(1);
    assertThat(out.toString(UTF_8)).isEmpty();
    assertThat(err.toString(UTF_8)).contains("a key ").doesNotContain("abc");
  }

  @Test
  void version_prints_the_version_of_the_build() {
    assertThat(run("", "version")).isZero();
    assertThat(out.toString(UTF_8).strip()).matches("ostiary \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''         | a command was expected
          check      | check takes the path of one file
          check a b  | check takes the path of one file
          new-key    | new-key takes one name
          hash sk-x  | hash takes no arguments; a key was expected on standard input
          version x  | version takes no arguments
          chekc a    | there is no command "chekc"; did you mean "check"?
          serve      | there is no command "serve"
          """)
  void anything_else_is_told_what_is_wrong_and_the_usage(String line, String why) {
    String[] args = line.isEmpty() ? new String[0] : line.split(" ", -1);

    assertThat(run("", args)).isEqualTo(2);
    assertThat(err.toString(UTF_8)).startsWith(why + "\nusage:\n").contains("check FILE");
    assertThat(out.size()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"help", "--help", "-h"})
  void the_usage_is_told_who_asks_for_it(String command) {
    assertThat(run("", command)).isZero();
    assertThat(out.toString(UTF_8)).startsWith("usage:\n").contains("check FILE");
    assertThat(err.size()).isZero();
  }

  @Test
  void check_says_of_a_key_that_is_over_that_it_is() {
    PolicyFolder folder =
        new PolicyFolder(temp)
            .write(
                """
                route.chat.paths = /v1/chat
                key.late.sha256  = 6b3a55e0261b0304143f805a24924d0c1c44524821305f31d9277843b8a10f4e
                key.late.expires = 2026-11-21T12:00:00Z
                key.next.sha256  = 7b3a55e0261b0304143f805a24924d0c1c44524821305f31d9277843b8a10f4e
                key.next.expires = 2026-11-21T12:00:01Z
                """);

    assertThat(run("", "check", folder.file.toString())).isZero();

    assertThat(out.toString(UTF_8))
        .containsPattern("late +chat +expired +2026-11-21T12:00:00Z")
        .containsPattern("next +chat +active +2026-11-21T12:00:01Z");
  }

  private int run(String input, String... args) {
    return new CommandLine(
            new ByteArrayInputStream(input.getBytes(UTF_8)),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            new Surroundings(Map.of(), Map.of()),
            new SecureRandom(),
            () -> Instant.parse("2026-11-21T12:00:00Z"))
        .run(args);
  }
}
