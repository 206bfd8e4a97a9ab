package io.ostiary.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever an app does with its answer, it is the same under all that the guard puts around it as at a path of which the policy
 * knows nothing: pitfalls 37, 43 to 46, and 53.
 */
interface SameAnswerContract extends Guarded {

  String OUTSIDE = "/output/aside/";

  /** Metered alone; with a time that may be over; and in a way that may cut an answer off. */
  List<String> GUARDED = List.of("/output/plain/", "/output/timed/", "/output/stops/");

  /** Times, sessions, and what the guard tells of budgets and of the call. */
  Pattern OURS =
      Pattern.compile("(?i)(date|x-request-id|x-ratelimit-[a-z-]+|set-cookie|expires): .*");

  Pattern PATH = Pattern.compile("(/output)?/(plain|timed|stops|aside)/");

  @ParameterizedTest
  @CsvSource({
    "GET,  buffer",
    "GET,  buffer-writer",
    "GET,  committed",
    "GET,  printed",
    "GET,  printed-text",
    "GET,  headers",
    "GET,  redirect",
    "GET,  locale",
    "GET,  closed",
    "HEAD, printed",
    "HEAD, printed-text",
    "HEAD, headers",
    "HEAD, closed",
    "HEAD, text?type=text/html;charset=GBK",
    "GET,  text?type=text/html;charset=GBK",
    "GET,  text?type=application/json;charset=ISO-8859-1",
    "GET,  identity",
    "GET,  identity-of-context",
    "GET,  newer",
    "GET,  newer-charset",
    "GET,  newer-redirect",
    "POST, newer-read",
    "GET,  dispatch?a=b",
    "GET,  dispatch-given?a=b",
    "GET,  forward?a=b",
    "GET,  forward-given?a=b",
  })
  default void an_answer_is_what_it_is_without_a_guard(String method, String way)
      throws IOException {
    Answer expected = ask(output(method, OUTSIDE + way));
    for (String guarded : GUARDED) {
      Answer answer = ask(output(method, guarded + way));
      assertThat(headOf(answer)).as(guarded).isEqualTo(headOf(expected));
      assertThat(plain(answer)).as(guarded).isEqualTo(plain(expected));
    }
  }

  private static Ask output(String method, String target) {
    Ask ask = Ask.of(method, target).key("output");
    return method.equals("POST") ? ask.json("{\"model\":\"qwen-max\",\"a\":\"你好\"}") : ask;
  }

  private static List<String> headOf(Answer answer) {
    return answer.head().stream()
        .filter(line -> !OURS.matcher(line).matches())
        .map(line -> PATH.matcher(line).replaceAll("/"))
        .toList();
  }

  private static String plain(Answer answer) {
    String text = new String(answer.body(), StandardCharsets.ISO_8859_1);
    return PATH.matcher(text).replaceAll("/");
  }

  /** Jetty does not tell of an error if anybody but the app listens for the end of the call. */
  @ParameterizedTest
  @ValueSource(strings = {"complete-throw", "dispatch-throw"})
  default void an_app_that_throws_after_it_let_go_of_its_call_fails_as_without_a_guard(String way)
      throws IOException {
    Answer expected = ask(output("GET", OUTSIDE + way));
    for (String guarded : GUARDED) {
      Answer answer = ask(output("GET", guarded + way));
      assertThat(answer.status()).as(guarded).isEqualTo(expected.status());
    }
  }

  /** Pitfall 43. */
  @ParameterizedTest
  @ValueSource(strings = {"/output/plain/", "/output/timed/", "/output/stops/", OUTSIDE})
  default void what_has_not_left_can_be_taken_back(String path) throws IOException {
    Answer answer = ask(output("GET", path + "buffer"));
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.text())
        .contains("is large true", "kept 1,", "what has not left: done", "all that was said: done")
        .contains("kept null,")
        .endsWith("not both")
        .doesNotContain("taken back");
  }

  /** Pitfall 53: from a thread of the app's own, while the call is asynchronous. */
  @ParameterizedTest
  @ValueSource(strings = {"identity", "identity-of-context"})
  default void an_app_learns_who_calls_from_a_thread_of_its_own(String way) throws IOException {
    for (String guarded : GUARDED) {
      assertThat(ask(output("GET", guarded + way)).text())
          .contains("before null null false", "a right one: done", "after ann ann true")
          .contains("changed true", "same true", "mine kept", "logout done")
          .doesNotContain("wrong password: done", "twice: done");
    }
  }

  /** Pitfall 44: ten megabytes for a client that does not read until the app has been told to wait. */
  @ParameterizedTest
  @CsvSource({
    "/output/plain/, application/octet-stream",
    "/output/plain/, text/event-stream;charset=utf-8",
    "/output/timed/, application/octet-stream",
    "/output/stops/, application/octet-stream",
    "/output/stops/, text/event-stream;charset=utf-8",
    OUTSIDE + ",     application/octet-stream",
  })
  default void an_app_that_waits_until_it_may_write_is_read_whole(String path, String type)
      throws IOException {
    String test = "poured" + path.replace('/', '-') + type.length();
    try (Wire wire = connect()) {
      Ask ask = output("GET", path + "listened?type=" + type).header("X-Test", test);
      wire.send(ask.bytes());
      assertThat(hitsOnceThere(test + "-full")).isPositive();

      Answer answer = wire.answerTo("GET");
      assertThat(answer.body()).isEqualTo(poured());
      assertThat(answer.type()).isEqualTo(type);
      assertThat(hits(test + "-failed")).isZero();
    }
  }

  private static byte[] poured() {
    byte[] all = new byte[1280 * 8192];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) (31 * (i / 8192) + i % 8192 % 251);
    }
    return all;
  }

  /** Pitfall 45. */
  @Test
  default void a_charset_is_kept_by_whichever_method_it_was_named() throws IOException {
    Answer answer = ask(output("GET", "/output/plain/newer-charset"));
    assertThat(answer.type()).isEqualTo("text/plain;charset=gbk");
    assertThat(new String(answer.body(), Charset.forName("GBK"))).startsWith("你好 ");
  }
}
