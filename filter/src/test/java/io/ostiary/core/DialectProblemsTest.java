package io.ostiary.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with an operator's table is said with file and line, all at once. */
class DialectProblemsTest {

  /** One slip in the second line of a table that extends the one for ModelArts. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "no equals sign                                  ~ expected key = value",
        "= x                                             ~ expected key = value",
        "envelop = {}                                    ~ unknown; expected reason.<REASON>, status.<STATUS>, guard.<id>",
        "reason.KEY_UNKOWN = invalid-model               ~ unknown reason; expected one of [KEY_MISSING",
        "reason.KEY_UNKNOWN =                            ~ a value is expected",
        "reason.KEY_UNKNOWN = nothing                    ~ expected the id of a guard or own row",
        "reason.KEY_UNKNOWN = task-unknown               ~ expected the id of a guard or own row",
        "guard.Invalid_Model = 404 | A.1 | T | No.       ~ expected an id of small letters, digits and hyphens",
        "guard.blocked = 403 | A.1 | No.                 ~ expected 4 columns, status | code | type | message, found 3",
        "guard.blocked = 403 | A.1 | T | No. | no        ~ expected 4 columns, status | code | type | message, found 5",
        "guard.blocked = 403 | | T | No.                 ~ an empty column; expected a text, or - for null",
        "guard.blocked = 200 | A.1 | T | No.             ~ bad status 200, expected 400 to 599",
        "guard.blocked = 600 | A.1 | T | No.             ~ bad status 600, expected 400 to 599",
        "guard.blocked = four | A.1 | T | No.            ~ bad status four, expected 400 to 599",
        "guard.blocked = ４０３ | A.1 | T | No.             ~ bad status ４０３, expected 400 to 599",
        "guard.blocked = - | A.1 | T | No.               ~ bad status -, expected 400 to 599",
        "app.tokenizer = 99 | A.1 | T | No.              ~ bad status 99, expected 100 to 599",
        "guard.blocked = 403 | A.1 | T | No {model}.     ~ unknown placeholder {model}; for KEY_BLOCKED expected one of [request_id]",
        "guard.per-second = 429 | A.1 | T | At {limits}. ~ unknown placeholder {limits}; for QPS_EXCEEDED expected one of [limit, request_id]",
        "guard.blocked = 403 | {code} | T | No.          ~ unknown placeholder {code}",
        "app.tokenizer = 403 | A.1 | T | No {Model}.     ~ bad placeholder {Model}",
        "app.tokenizer = 403 | A.1 | T | No {model.      ~ bad placeholder {{model.}",
        "own.blocked-too = 403 | A.1 | T | No.           ~ no reason and no status leads here",
        "help.blokked = Ask the operator.                ~ expected the id of a row",
        "envelope = {\"code\":{kode}}                    ~ unknown placeholder {kode}; expected one of [status, code, type, message] or request_id",
        "envelope = {\"code\":\"{code}\"}                ~ not JSON when filled",
        "envelope = {\"code\":{code}                     ~ not JSON when filled",
        "envelope = {{code}:1}                           ~ not JSON when filled",
        "envelope = {\"a\":1} {\"b\":2}                  ~ not JSON when filled",
        "envelope = {message}                            ~ not JSON when filled",
        "columns = status | type | message               ~ expected no columns here",
        "content-type = text/plain                       ~ expected a JSON type with charset=utf-8",
        "content-type = application/json                 ~ expected a JSON type with charset=utf-8",
        "challenge = 钥匙                                 ~ expected visible ASCII characters",
        "bare-key = maybe                                ~ expected yes or no",
        "request-id.header = x request id                ~ expected a header's name",
        "request-id.form = guid                          ~ expected one of [uuid, hex32]",
        "request-id.prefix = a/b                         ~ expected at most 28 characters",
        "status.200 = invalid-model                      ~ expected a status from 400 to 599, 4xx or 5xx",
        "status.404 = nothing                            ~ expected the id of a row",
        "status.413 = body-too-large                     ~ the row has a placeholder {size}; for a status expected one of [path, request_id]",
        "challenge = Bearer \\                           ~ a line cannot be continued",
      })
  void names_the_line_and_what_was_expected(String line, String expected) {
    assertThat(problems("extends = modelarts\n" + line))
        .anySatisfy(
            problem -> {
              assertThat(problem.text()).contains(expected);
              assertThat(problem.place()).isEqualTo("acme.properties:2");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status",
        "message",
        "code | message",
        "status | code",
        "status | code | code | message",
        "status | request_id | message",
        "status | Code | message",
        "status | | message"
      })
  void refuses_columns_that_are_none(String columns) {
    assertThat(problems("columns = " + columns))
        .first()
        .asString()
        .startsWith("acme.properties:1: columns = " + columns + ": expected status | … | message");
  }

  @Test
  void names_every_line_that_is_wrong_and_no_other() {
    assertThat(problems("extends = openai\ncolumns = status | message\nbare-key = maybe\n"))
        .extracting(Problem::place)
        .containsExactly("acme.properties:2", "acme.properties:3");
  }

  @Test
  void refuses_a_line_given_twice_and_an_id_taken_twice() {
    assertThat(
            problems(
                """
                extends = modelarts
                bare-key = no
                bare-key = no
                guard.blocked = 403 | A.1 | T | No.
                own.blocked = 403 | A.1 | T | No.
                """))
        .extracting(Problem::toString)
        .containsExactly(
            "acme.properties:3: bare-key = no: given twice, first at acme.properties:2",
            "acme.properties:5: own.blocked = 403 | A.1 | T | No.: this id is taken by guard.blocked at"
                + " acme.properties:4");
  }

  @Test
  void refuses_to_extend_what_is_not_built_in() {
    assertThat(problems("extends = opnai"))
        .first()
        .hasToString(
            "acme.properties:1: extends = opnai: expected one of modelarts, dashscope,"
                + " dashscope-compatible, eas, openai, anthropic");
  }

  @Test
  void misses_each_setting_and_each_reason() {
    List<String> texts = problems("# nothing\n\n").stream().map(Problem::text).toList();

    assertThat(texts)
        .contains(
            "columns is missing",
            "envelope is missing",
            "bare-key is missing",
            "request-id.header is missing",
            "request-id.form is missing",
            "status.4xx is missing; expected the id of a row",
            "status.5xx is missing; expected the id of a row");
    for (Reason reason : Reason.values()) {
      assertThat(texts).anyMatch(text -> text.startsWith("reason." + reason + " is missing"));
    }
    assertThat(texts).hasSize(7 + Reason.values().length);
  }

  @Test
  void says_everything_at_once(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("acme.properties");
    Files.writeString(file, "extends = openai\nbare-key = maybe\nodd\n");

    assertThatThrownBy(() -> Dialect.read(file))
        .isInstanceOf(PolicyException.class)
        .hasMessageContainingAll(
            file + ":2: bare-key = maybe: expected yes or no", file + ":3: expected key = value");
  }

  @ParameterizedTest
  @ValueSource(strings = {"missing.properties", ".", "latin1.properties", "huge.properties"})
  void says_that_a_file_cannot_be_read(String name, @TempDir Path directory) throws IOException {
    Files.write(directory.resolve("latin1.properties"), new byte[] {'#', (byte) 0xe9});
    Files.write(directory.resolve("huge.properties"), new byte[(1 << 20) + 1]);
    Path file = directory.resolve(name);

    assertThatThrownBy(() -> Dialect.read(file))
        .isInstanceOf(PolicyException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining("expected a dialect table")
        .message()
        .hasLineCount(1);
  }

  @Test
  void our_own_tables_have_no_problem() {
    for (String name : Dialect.BUILT_IN) {
      List<Problem> problems = new ArrayList<>();
      DialectTable table = Objects.requireNonNull(DialectReader.builtIn(name, problems));
      DialectCompiler.compile(name, table, () -> 0, problems);
      assertThat(problems).as(name).isEmpty();
    }
  }

  private static List<Problem> problems(String text) {
    List<Problem> problems = new ArrayList<>();
    DialectTable table = DialectReader.read("acme.properties", text, problems);
    DialectCompiler.compile("acme", table, () -> 0, problems);
    return problems;
  }
}
