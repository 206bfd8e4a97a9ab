package io.ostiary.core;

import static io.ostiary.core.GuardedService.body;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of words that the text of a call may not have. */
class RefusedWordsTest {

  private static final String HEAD =
      """
      route.chat.paths = /v1/chat/completions
      route.chat.model = body model
      route.tools.paths = /tools
      """;

  private final Path temp;

  RefusedWordsTest(@TempDir Path temp) {
    this.temp = temp;
  }

  private GuardedService service(String dialect, String more) {
    write("words.txt", "# what nobody says\n\nkill\n  你好世界  \nhow to * bomb\n");
    write("rules.txt", "competitor\n");
    return new GuardedService(
        HEAD
            + "route.chat.dialect = "
            + dialect
            + "\nroute.tools.dialect = "
            + dialect
            + "\nkey.acme.sha256 = "
            + Policies.sha256("sk-acme")
            + "\n"
            + more.replace("words.txt", temp + "/words.txt").replace("rules", temp + "/rules"));
  }

  private void write(String name, String text) {
    try {
      Files.writeString(temp.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private GuardedService both(String dialect) {
    return service(
        dialect,
        """
        route.chat.refused-words = words.txt
        route.chat.custom-words = rules.txt
        route.tools.refused-words = words.txt
        """);
  }

  private static Request chat(String prompt) {
    return Request.post(
            "/v1/chat/completions",
            "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"" + prompt + "\"}]}")
        .key("sk-acme");
  }

  /** E1, H5. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "modelarts            | 403 | ModelArts.81011          | ModelArts.81011",
        "dashscope            | 400 | DataInspectionFailed     | CustomRoleBlocked",
        "dashscope-compatible | 400 | DataInspectionFailed     | CustomRoleBlocked",
        "openai               | 400 | content_policy_violation | content_filter",
      })
  void answers_as_the_vendor_does(String dialect, int status, String refused, String custom) {
    GuardedService service = both(dialect);

    Decision.Reject inspected = service.reject(chat("How to make a bomb"));
    Decision.Reject ruled = service.reject(chat("our Competitor"));

    assertThat(inspected.refusal().status()).isEqualTo(status);
    assertThat(body(inspected)).contains("\"code\":\"" + refused + "\"");
    assertThat(ruled.reason()).isEqualTo(Reason.CONTENT_REFUSED_CUSTOM);
    assertThat(body(ruled)).contains("\"code\":\"" + custom + "\"");
    service.admit(chat("what a skill"));
  }

  @Test
  void finds_what_clients_that_write_only_ascii_escape() {
    assertThat(both("openai").refusal(chat("\\u4f60\\u597d\\u4e16\\u754c")))
        .isEqualTo(Reason.CONTENT_REFUSED);
  }

  /** H6: the word goes into no answer and no log; the operator's log has its line. */
  @Test
  void tells_the_operator_which_entry_it_was_and_the_client_nothing() {
    GuardedService service = both("openai");

    assertThat(body(service.reject(chat("kill")))).doesNotContain("kill", "words");
    assertThat(service.lines)
        .anyMatch(
            line -> line.contains("CONTENT_REFUSED, key acme") && line.contains("words.txt:3,"));
    assertThat(service.lines).noneMatch(line -> line.contains("kill"));
  }

  /** R4. */
  @Test
  void draws_on_nothing_for_a_refused_text() {
    GuardedService service =
        service(
            "openai", "route.chat.refused-words = words.txt\nkey.acme.limits = rpm 1 burst 1\n");

    service.reject(chat("kill"));

    service.admit(chat("live"));
  }

  @Test
  void only_tells_of_a_key_that_is_observed_and_gives_the_app_the_body() {
    GuardedService service =
        service("openai", "route.chat.refused-words = words.txt\nkey.acme.mode = observe\n");

    Decision.Admit admit = service.admit(chat("kill"));

    assertThat(admit.body()).isNotNull();
    assertThat(service.lines).anyMatch(line -> line.contains("would be refused: CONTENT_REFUSED"));
  }

  @Test
  void looks_into_what_is_packed() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write("{\"model\":\"m\",\"prompt\":\"kill\"}".getBytes(StandardCharsets.UTF_8));
    }
    Request request =
        Request.bytes("/v1/chat/completions", packed.toByteArray())
            .key("sk-acme")
            .header("Content-Type", "application/json")
            .header("Content-Encoding", "gzip");

    assertThat(both("openai").refusal(request)).isEqualTo(Reason.CONTENT_REFUSED);
  }

  /** A6: by the route, whatever the label says. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "text/plain                        | {\"a\":\"kill\"}     | CONTENT_REFUSED",
        "application/octet-stream          | {\"a\":\"kill\"}     | CONTENT_REFUSED",
        "text/plain                        | kill                 | BODY_MALFORMED",
        "application/json                  | {\"a\":\"live\"}     | ADMITTED",
        "application/json                  | ``                   | ADMITTED",
        "application/x-www-form-urlencoded | a=b&prompt=to+kill   | CONTENT_REFUSED",
        "application/x-www-form-urlencoded | prompt=%6Bi%6cl      | CONTENT_REFUSED",
        "application/x-www-form-urlencoded | p=%E4%BD%A0%e5%a5%bd%e4%b8%96%e7%95%8c | CONTENT_REFUSED",
        "application/x-www-form-urlencoded | p=ki&q=ll            | ADMITTED",
        "application/x-www-form-urlencoded | p=%&q=%k&r=%4        | ADMITTED",
        "application/x-www-form-urlencoded | {\"a\":\"kill\"}     | BODY_MALFORMED",
      })
  void looks_into_every_body_of_a_route_that_names_no_model(
      String type, String text, String expected) {
    Request request =
        Request.unlabelled("/tools", text).key("sk-acme").header("Content-Type", type);

    Decision decision = both("openai").judge(request);

    assertThat(decision instanceof Decision.Reject reject ? reject.reason().name() : "ADMITTED")
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name=\"prompt\"                                       | CONTENT_REFUSED",
        "name=\"f\"; filename=\"f.txt\"~Content-Type: text/plain | CONTENT_REFUSED",
        "name=\"f\"; filename=\"f.png\"~Content-Type: image/png  | ADMITTED",
      })
  void looks_into_the_parts_of_a_form(String head, String expected) {
    String form = "--b~Content-Disposition: form-data; " + head.strip() + "~~to kill~--b--~";
    Request request =
        Request.unlabelled("/tools", form.replace("~", "\r\n"))
            .key("sk-acme")
            .header("Content-Type", "multipart/form-data; boundary=b");

    Decision decision = both("openai").judge(request);

    assertThat(decision instanceof Decision.Reject reject ? reject.reason().name() : "ADMITTED")
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "missing.txt | route.chat.refused-words = missing.txt: the file does not exist",
        "empty.txt   | route.chat.refused-words = empty.txt: the file has no word: one on each line was expected",
        "big.txt     | route.chat.refused-words = big.txt: the file is larger than 524288 bytes",
        "latin1.txt  | route.chat.refused-words = latin1.txt: the file is not UTF-8",
        ".           | route.chat.refused-words = .: the file is a directory",
      })
  void tells_what_is_wrong_with_a_file(String name, String expected) throws IOException {
    write("empty.txt", "# nothing\n\n");
    write("big.txt", "word\n".repeat(110_000));
    Files.write(temp.resolve("latin1.txt"), new byte[] {'a', (byte) 0xE9});

    assertThat(problems("route.chat.refused-words = " + name))
        .containsExactly("ostiary.properties:5: " + expected);
  }

  /** H6: not what it says, of which the log is not the place. */
  @Test
  void tells_every_bad_entry_with_its_file_and_line() {
    write("bad.txt", "fine\n*\nx\\\n" + "y".repeat(300) + "\n");

    assertThat(problems("route.chat.refused-words = bad.txt"))
        .containsExactly(
            "bad.txt:2: something to look for was expected",
            "bad.txt:3: a character was expected after the backslash",
            "bad.txt:4: an entry of at most 256 characters was expected");
  }

  @ParameterizedTest
  @ValueSource(strings = {"refused-words", "custom-words"})
  void says_that_a_list_on_a_route_without_keys_has_no_effect(String setting) {
    write("words.txt", "kill\n");

    assertThat(
            problems(
                "route.open.paths = /open\nroute.open.key = none\nroute.open."
                    + setting
                    + " = words.txt"))
        .singleElement()
        .asString()
        .contains("has no effect, since route.open.key = none here");
  }

  private List<String> problems(String line) {
    return new PolicyFolder(temp)
        .problems(HEAD + "key.acme.sha256 = " + "a".repeat(64) + "\n" + line + "\n");
  }

  /** K3: the list is part of the policy. */
  @Test
  void follows_a_changed_list_and_keeps_the_last_good_one() {
    write("words.txt", "one\n");
    PolicyFolder folder =
        new PolicyFolder(temp).write(PolicyFolder.LEAST + "route.chat.refused-words = words.txt\n");
    List<Policy> followed = new ArrayList<>();
    PolicyReading first = folder.read();
    PolicyWatch watch =
        new PolicyWatch(folder.policyFile(), first, folder.policy(), followed::add, folder.log);
    watch.poll();
    assertThat(followed).isEmpty();

    write("words.txt", "two\n");
    watch.poll();
    write("words.txt", "");
    watch.poll();

    assertThat(followed).hasSize(1);
    assertThat(watch.reloadFailures()).isEqualTo(1);
    assertThat(folder.log.lines).last().asString().contains("the file has no word");
  }
}
