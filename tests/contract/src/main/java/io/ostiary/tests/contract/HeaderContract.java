package io.ostiary.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What callers are told of their budgets, and who of their scripts may read it: H1 to H3. */
interface HeaderContract extends Guarded {

  List<String> OPENAI =
      List.of(
          "x-ratelimit-limit-requests",
          "x-ratelimit-remaining-requests",
          "x-ratelimit-reset-requests",
          "x-ratelimit-limit-tokens",
          "x-ratelimit-remaining-tokens",
          "x-ratelimit-reset-tokens");

  /** A server with another policy: vendors' headers off, the IETF's on. */
  ServerProcess quietServer() throws IOException;

  /** Whether the app's own filters may have spoken before the guard does. */
  boolean comesAfterTheAppsFilters();

  /** H2: plain integers, and the time to a full budget as Go writes it. */
  private static void assertToldInOpenAiForm(Answer answer) {
    for (String name : OPENAI) {
      assertThat(answer.headers(name)).as(name + " of " + answer).hasSize(1);
      String value = answer.header(name);
      if (name.contains("reset")) {
        assertThat(value).matches("(\\d+h)?(\\d+m)?(\\d+(\\.\\d+)?s|\\d+ms)");
      } else {
        assertThat(value).matches("\\d+");
      }
    }
    assertThat(answer.header("x-ratelimit-limit-requests")).isEqualTo("100");
    assertThat(answer.header("x-ratelimit-limit-tokens")).isEqualTo("100000");
  }

  private static void assertNothingTold(Answer answer) {
    assertThat(answer.head())
        .noneMatch(line -> line.toLowerCase(Locale.ROOT).contains("ratelimit"))
        .noneMatch(line -> line.toLowerCase(Locale.ROOT).startsWith("access-control"));
  }

  /** H2. */
  @ParameterizedTest
  @ValueSource(strings = {"stream", "writer", "thread", "listener"})
  default void an_answer_tells_the_budgets(String way) throws IOException {
    assertToldInOpenAiForm(ask(Played.CHAT_AT_ONCE.ask("told").header("X-Via", way)));
  }

  /** H2: before the first byte of a stream, tokens being what is left after the reservation of 100 and 1,024. */
  @Test
  default void a_stream_tells_the_budgets_before_its_first_event() throws IOException {
    long level = Long.parseLong(left(ask(Ask.chat("told", "gpt-7")), "tokens"));
    try (Wire wire = connect()) {
      Ask ask = Ask.play("/play/chat", "told", ExitContract.EVENT.repeat(2));
      wire.send(ask.header("X-Via", "thread").header("X-Pause", 50_000).bytes());
      Answer head = wire.head();
      assertToldInOpenAiForm(head);
      assertThat(left(head, "tokens")).isEqualTo(Long.toString(level - 1124));
    }
    assertThat(left(ask(Ask.chat("told", "gpt-7")), "requests")).matches("\\d\\d?");
  }

  private static String left(Answer answer, String what) {
    return answer.header("x-ratelimit-remaining-" + what);
  }

  /** H2: an app that starts its answer anew loses its own headers only. */
  @Test
  default void an_answer_that_was_reset_tells_the_budgets() throws IOException {
    Answer answer = ask(Played.CHAT_AT_ONCE.ask("told").header("X-Reset", "yes"));
    assertToldInOpenAiForm(answer);
    assertThat(answer.header("X-Lost")).isNull();
  }

  /** H2: once, however often the call is sent on. */
  @ParameterizedTest
  @ValueSource(strings = {"forward", "include", "async", "async-twice"})
  default void an_answer_of_a_call_that_was_sent_on_tells_the_budgets_once(String way)
      throws IOException {
    Ask ask = Ask.of("POST", "/dispatch/" + way).key("told").json("{\"model\":\"qwen-max\"}");
    assertToldInOpenAiForm(ask(ask));
  }

  /** H2: refusals too, once the key is known. */
  @ParameterizedTest
  @CsvSource({
    "/v1/chat/completions, gpt-7,    10,        404",
    "/v1/chat/completions, embedder, 10,        404",
    "/v1/chat/completions, qwen-max, 1000000,   400",
    "/v1/chat/completions, qwen-max, -7,        400",
    "/v1/chat/completions, 7,        10,        400",
  })
  default void a_refusal_of_a_known_key_tells_the_budgets(
      String path, String model, String tokens, int status) throws IOException {
    String named = model.equals("7") ? "7" : "\"" + model + "\"";
    String json = "{\"model\":" + named + ",\"max_tokens\":" + tokens + "}";
    Answer answer = ask(Ask.of("POST", path).key("told").json(json));
    assertThat(answer.status()).isEqualTo(status);
    assertToldInOpenAiForm(answer);
  }

  /** H2. */
  @Test
  default void a_refusal_for_size_or_address_tells_the_budgets() throws IOException {
    Ask tooLarge = Ask.of("POST", "/small/x").key("told").body(new byte[70_000]);
    Answer declared = ask(tooLarge);
    assertThat(declared.status()).isEqualTo(413);
    assertToldInOpenAiForm(declared);
    Answer chunked = ask(tooLarge.chunked(7000));
    assertThat(chunked.status()).isEqualTo(413);
    assertToldInOpenAiForm(chunked);
    Answer elsewhere = ask(Ask.chat("told-away", "qwen-max"));
    assertThat(elsewhere.status()).isEqualTo(401);
    assertToldInOpenAiForm(elsewhere);
  }

  /** H1, H2. */
  @Test
  default void a_refusal_by_a_limit_tells_the_budgets_and_when_to_come_back() throws IOException {
    Ask dear = Guarded.of450Tokens("told-less").header("X-Usage", 450);
    assertThat(ask(dear).status()).isEqualTo(200);
    assertThat(ask(dear).status()).isEqualTo(200);
    Answer refused = ask(dear);
    assertThat(refused.status()).isEqualTo(429);
    assertThat(left(refused, "requests")).isEqualTo("8");
    long left = Long.parseLong(left(refused, "tokens"));
    assertThat(left).isBetween(100L, 449L);
    long millis = Long.parseLong(refused.header("retry-after-ms"));
    assertThat(millis).isBetween(1L, 350 * 60L);
    assertThat(refused.header("Retry-After")).isEqualTo(Long.toString((millis + 999) / 1000));
  }

  /** H2: nobody is told of budgets before it is known whose they are; a key without limits has none. */
  @Test
  default void nothing_is_told_to_whom_it_is_not_known() throws IOException {
    assertNothingTold(ask(Ask.chat("nobody", "qwen-max")));
    assertNothingTold(ask(Ask.of("POST", "/v1/chat/completions").json("{\"model\":\"qwen-max\"}")));
    assertNothingTold(ask(Ask.chat("acme", "qwen-max")));
    assertNothingTold(ask(Ask.get("/open/hits")));
  }

  /** H3. */
  @Test
  default void budgets_are_told_in_the_words_of_anthropic() throws IOException {
    Answer answer = ask(Played.MESSAGES.ask("told"));
    for (String what : List.of("requests", "tokens")) {
      String start = "anthropic-ratelimit-" + what;
      assertThat(answer.header(start + "-limit"))
          .isEqualTo(what.equals("tokens") ? "100000" : "100");
      assertThat(answer.header(start + "-remaining")).matches("\\d+");
      assertThat(answer.header(start + "-reset"))
          .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
    }
    assertThat(answer.header("x-ratelimit-limit-requests")).isNull();
  }

  /** H2, H3: one switch for vendors' headers, another for the draft's; when to come back is always told. */
  @Test
  default void switches_turn_the_headers_off_and_on() throws IOException {
    Answer answer = ask(quietServer(), Ask.chat("rpm", "qwen-max"));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.head())
        .noneMatch(line -> line.toLowerCase(Locale.ROOT).startsWith("x-ratelimit"));
    assertThat(answer.header("RateLimit-Policy")).isEqualTo("\"rpm\";q=2;w=60");
    assertThat(answer.header("RateLimit")).matches("\"rpm\";r=1;t=\\d+");
    assertThat(ask(quietServer(), Ask.chat("rpm", "qwen-max")).status()).isEqualTo(200);
    Answer refused = ask(quietServer(), Ask.chat("rpm", "qwen-max"));
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.header("RateLimit")).matches("\"rpm\";r=0;t=\\d+");
    int until = Integer.parseInt(refused.header("RateLimit").replaceAll(".*t=", ""));
    assertThat(Integer.parseInt(refused.header("Retry-After"))).isGreaterThanOrEqualTo(until);
    assertThat(until).isGreaterThanOrEqualTo(1);
  }

  /** H2: scripts of another origin may read the headers where the app lets them read anything, whatever the order. */
  @ParameterizedTest
  @ValueSource(strings = {"o", "oe", "eo", "oE", "Eo", "oee"})
  default void scripts_may_read_the_headers_where_the_app_says_so(String how) throws IOException {
    Answer answer = ask(Played.CHAT_AT_ONCE.ask("cors").header("X-Cors", how));
    assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("https://app.example");
    List<String> exposed = exposed(answer);
    assertThat(exposed)
        .doesNotHaveDuplicates()
        .contains(OPENAI.subList(0, 3).toArray(String[]::new));
    assertThat(exposed.contains("X-Mine")).isEqualTo(how.length() > 1);
  }

  /** As a browser reads them: all lines, parted by commas. */
  private static List<String> exposed(Answer answer) {
    String all = String.join(",", answer.headers("Access-Control-Expose-Headers"));
    return List.of(all.split("\\s*,\\s*"));
  }

  @Test
  default void nothing_is_exposed_where_the_app_does_not_speak_of_origins() throws IOException {
    Answer silent = ask(Played.CHAT_AT_ONCE.ask("cors"));
    assertThat(silent.header("Access-Control-Expose-Headers")).isNull();
    Answer listing = ask(Played.CHAT_AT_ONCE.ask("cors").header("X-Cors", "e"));
    assertThat(listing.headers("Access-Control-Expose-Headers")).containsExactly("X-Mine");
  }

  /** H2: by a filter before ours, for which a refusal is an answer like any other; the agent comes before all filters. */
  @Test
  default void scripts_may_read_a_refusal_where_a_filter_before_ours_says_so() throws IOException {
    Ask ask = Ask.chat("cors-refused", "qwen-max").header("Origin", "https://app.example");
    Answer admitted = ask(ask);
    assertThat(exposed(admitted)).contains("x-ratelimit-remaining-requests");
    Answer refused = ask(ask);
    assertThat(refused.status()).isEqualTo(429);
    if (comesAfterTheAppsFilters()) {
      assertThat(refused.header("Access-Control-Allow-Origin")).isEqualTo("https://app.example");
      assertThat(exposed(refused))
          .contains("Retry-After", "retry-after-ms", "x-ratelimit-remaining-requests");
    } else {
      assertThat(refused.header("Access-Control-Expose-Headers")).isNull();
    }
  }
}
