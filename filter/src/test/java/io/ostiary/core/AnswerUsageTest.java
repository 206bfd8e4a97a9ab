package io.ostiary.core;

import static io.ostiary.core.AnswerFixture.counts;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** R7, the reading part: what an answer shows that tells its tokens late, wrongly or not at all. */
class AnswerUsageTest {

  private static final String JSON = "application/json";
  private static final String EVENTS = "text/event-stream";
  private static final List<String> PIECES = List.of("", "One", " two", "，三", " 🙂");

  private static AnswerUsage read(@Nullable String contentType, String... pieces) {
    AnswerUsage usage = new AnswerUsage(UsagePaths.PRESET, false, null);
    usage.head(200, contentType, null);
    for (String piece : pieces) {
      give(usage, piece);
    }
    usage.finish();
    return usage;
  }

  private static int give(AnswerUsage usage, String piece) {
    byte[] bytes = piece.getBytes(UTF_8);
    return usage.bytes(bytes, 0, bytes.length);
  }

  private static int size(String text) {
    return text.getBytes(UTF_8).length;
  }

  private static String chunk(String text) {
    return "data: {\"choices\":[{\"delta\":{\"content\":\"" + text + "\"}}]}\n\n";
  }

  private static String chunk(String text, int promptTokens, int completionTokens) {
    return "data: {\"choices\":[{\"delta\":{\"content\":\"%s\"}}],\"usage\":{\"prompt_tokens\":%d,\"completion_tokens\":%d}}\n\n"
        .formatted(text, promptTokens, completionTokens);
  }

  @Test
  void shows_the_text_that_left_when_a_stream_is_cut_at_any_event() {
    String left = "";
    String text = "";
    for (String piece : PIECES) {
      left += chunk(piece);
      text += piece;
      assertThat(counts(read(EVENTS, left)))
          .isEqualTo(
              "input -1, output -1, total -1, text %1$d, unreported %1$d".formatted(size(text)));
    }
  }

  @Test
  void shows_the_text_that_left_when_a_stream_is_cut_within_an_event() {
    String whole = chunk("One") + chunk(" two");
    int begin = whole.indexOf(" two");
    for (int cut = chunk("One").length(); cut <= whole.length(); cut++) {
      int left = Math.max(0, Math.min(cut - begin, " two".length()));
      assertThat(read(EVENTS, whole.substring(0, cut)).textUnreported())
          .as("cut at %d", cut)
          .isEqualTo(3 + left);
    }
  }

  @Test
  void shows_the_text_that_left_of_a_json_answer_that_is_cut_off() {
    assertThat(
            counts(
                read(
                    JSON,
                    "{\"usage\":{\"prompt_tokens\":7},\"choices\":[{\"message\":{\"content\":\"Hel")))
        .isEqualTo("input 7, output -1, total -1, text 3, unreported 3");
  }

  /** The input is told by the first event, the output so far only with the last. */
  @Test
  void knows_the_input_of_a_messages_stream_from_its_first_event() {
    String left =
        "data: {\"type\":\"message_start\",\"message\":{\"content\":[],\"usage\":{\"input_tokens\":25,\"output_tokens\":1}}}\n\n";
    String text = "";
    for (String piece : PIECES) {
      assertThat(counts(read(EVENTS, left)))
          .isEqualTo(
              "input 25, output 1, total -1, text %1$d, unreported %1$d".formatted(size(text)));
      left += "data: {\"delta\":{\"type\":\"text_delta\",\"text\":\"" + piece + "\"}}\n\n";
      text += piece;
    }
    left += "data: {\"type\":\"message_delta\",\"delta\":{},\"usage\":{\"output_tokens\":15}}\n\n";
    assertThat(counts(read(EVENTS, left)))
        .isEqualTo("input 25, output 15, total -1, text %d, unreported 0".formatted(size(text)));
  }

  @Test
  void counts_only_the_text_after_the_last_report() {
    String left = chunk("", 9, 0);
    assertThat(read(EVENTS, left).textUnreported()).isZero();

    left += chunk("One", 9, 1) + chunk(" two", 9, 2);
    assertThat(read(EVENTS, left).textUnreported()).isZero();

    left += chunk(" more");
    assertThat(counts(read(EVENTS, left)))
        .isEqualTo("input 9, output 2, total -1, text 12, unreported 5");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"prompt_tokens\":9,\"completion_tokens\":0,\"total_tokens\":9}",
        "{\"prompt_tokens\":9,\"completion_tokens\":-1}",
        "{\"prompt_tokens\":9,\"total_tokens\":9}"
      })
  void counts_all_text_when_the_report_says_that_there_was_none(String report) {
    AnswerUsage usage =
        read(EVENTS, chunk("One"), chunk(" two"), "data: {\"usage\":" + report + "}\n\n");

    assertThat(usage.inputReported()).isEqualTo(9);
    assertThat(usage.textUnreported()).isEqualTo(7);
  }

  @Test
  void believes_no_report_that_takes_an_earlier_one_back() {
    AnswerUsage usage = read(EVENTS, chunk("One", 9, 1), chunk(" two", 9, 0));

    assertThat(usage.outputReported()).isZero();
    assertThat(usage.textUnreported()).isEqualTo(7);
  }

  @Test
  void takes_a_total_with_more_than_the_input_for_a_report_of_output() {
    AnswerUsage usage =
        read(JSON, "{\"choices\":[{\"text\":\"abc\"}],\"usage\":{\"total_tokens\":50}}");

    assertThat(counts(usage)).isEqualTo("input -1, output -1, total 50, text 3, unreported 0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "null | -1",
        "{} | -1",
        "[{\"output_tokens\":5}] | -1",
        "{\"output_tokens\":null} | -1",
        "{\"output_tokens\":\"5\"} | -1",
        "{\"output_tokens\":5.5} | -1",
        "{\"output_tokens\":1e99} | -1",
        "{\"output_tokens\":-5} | 0",
        "{\"output_tokens\":5.0} | 5",
        "{\"output_tokens\":123456789012} | 2147483647",
        "{\"output_tokens\":0,\"completion_tokens\":5} | 5",
        "{\"completion_tokens\":5,\"output_tokens\":0} | 5"
      })
  void takes_no_count_from_what_is_no_whole_number(String usage, long output) {
    assertThat(read(JSON, "{\"usage\":" + usage + "}").outputReported()).isEqualTo(output);
  }

  @Test
  void replaces_counts_one_by_one() {
    AnswerUsage usage =
        read(
            EVENTS,
            "data: {\"usage\":{\"input_tokens\":5,\"output_tokens\":6,\"total_tokens\":11}}\n\n",
            "data: {\"usage\":null}\n\n",
            "data: {\"usage\":{\"output_tokens\":4}}\n\n");

    assertThat(usage.inputReported()).isEqualTo(5);
    assertThat(usage.outputReported()).isEqualTo(4);
    assertThat(usage.totalReported()).isEqualTo(11);
  }

  @Test
  void counts_a_response_only_by_its_deltas() {
    AnswerUsage usage =
        read(
            EVENTS,
            "data: {\"type\":\"response.created\",\"response\":{\"instructions\":\"be brief\",\"output\":[]}}\n\n",
            "data: {\"delta\":\"abc\",\"type\":\"response.output_text.delta\"}\n\n",
            "data: {\"type\":\"response.refusal.delta\",\"delta\":\"de\"}\n\n",
            "data: {\"type\":\"response.output_text.done\",\"delta\":\"not counted\",\"text\":\"abc\"}\n\n",
            "data: {\"type\":\"response.incomplete\",\"response\":{\"output\":[{\"content\":[{\"text\":\"abc\"}]}],\"usage\":{\"input_tokens\":4,\"output_tokens\":2}}}\n\n");

    assertThat(counts(usage)).isEqualTo("input 4, output 2, total -1, text 5, unreported 0");
  }

  @Test
  void counts_increments_in_sum_and_texts_so_far_by_the_largest() {
    String stream =
        """
        data:{"output":{"choices":[{"message":{"reasoning_content":"abc","content":""}}]}}

        data:{"output":{"choices":[{"message":{"reasoning_content":"","content":"de"}}]}}

        data:{"output":{"choices":[{"message":{"content":"defg"}}]}}

        """;
    AnswerUsage increments = new AnswerUsage(UsagePaths.PRESET, true, null);
    increments.head(200, EVENTS, null);
    give(increments, stream);
    increments.finish();

    assertThat(read(EVENTS, stream).textBytes()).isEqualTo(3 + 4);
    assertThat(increments.textBytes()).isEqualTo(3 + 2 + 4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      quoteCharacter = '`',
      value = {
        "application/json | {\"answer\":\"forty-two\"} | 22",
        "application/vnd.example+json | {\"answer\":\"forty-two\"} | 22",
        "application/json | {\"answer\": | 10",
        "application/json | not JSON | 8",
        "text/plain | forty-two | 9",
        "Text/HTML; charset=UTF-8 | <p>42</p> | 9",
        "application/xml | <p>42</p> | 9",
        "application/soap+xml;charset=utf-8 | <p>42</p> | 9",
        "none | forty-two | 9",
        "none | {\"choices\":[{\"text\":\"abc\"}]} | 3",
        "text/plain | {\"choices\":[{\"text\":\"abc\"}]} | 3",
        "text/event-stream | `data: forty\ndata: two\n\n: ping\n\nevent: x\ndata: [DONE]\n\n` | 15",
        "text/event-stream | `data: {\"answer\":42}\n\ndata: {\"answer\":43}\n\n` | 26",
        "application/jsonl | `{\"answer\":42}\n\n{\"answer\":43}` | 26",
        "image/png | forty-two | 0",
        "audio/wav | {\"choices\":[{\"text\":\"abc\"}]} | 0",
        "application/octet-stream | forty-two | 0"
      })
  void counts_all_bytes_of_an_answer_of_another_shape(
      @Nullable String contentType, String answer, long text) {
    AnswerUsage usage = read(contentType, answer);

    assertThat(usage.textBytes()).isEqualTo(text);
    assertThat(usage.textUnreported()).isEqualTo(text);
    assertThat(usage.bytesSeen()).isEqualTo(answer.length());
  }

  @Test
  void counts_only_what_follows_a_report_in_an_answer_of_another_shape_too() {
    AnswerUsage usage =
        read(
            EVENTS,
            "data: {\"answer\":\"a\"}\n\n",
            "data: {\"usage\":{\"output_tokens\":3}}\n\n",
            "data: {\"answer\":\"bc\"}\n\n");

    assertThat(usage.textUnreported()).isEqualTo("{\"answer\":\"bc\"}".length());
  }

  /** After a piece without words, of which no more is known than that the shape is. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"tool_calls\":[{\"index\":0,\"type\":\"custom\",\"custom\":{\"name\":\"sh\",\"input\":\"ls -l\"}}]",
        "\"tool_calls\":[{\"index\":0,\"function\":{\"name\":\"sh\",\"arguments\":\"ls -l\"}}]",
        "\"function_call\":{\"name\":\"sh\",\"arguments\":\"ls -l\"}",
        "\"audio\":{\"transcript\":\"ls ls -\"}",
        "\"refusal\":\"ls ls -\"",
      })
  void finds_what_a_chat_generates_beside_its_text(String generated) {
    String said = "data: {\"choices\":[{\"delta\":{\"content\":null," + generated + "}}]}\n\n";
    assertThat(read(EVENTS, chunk(""), said).textUnreported()).isEqualTo(7);
    String whole = "{\"choices\":[{\"message\":{\"content\":null," + generated + "}}]}";
    assertThat(read(JSON, whole).textUnreported()).isEqualTo(7);
  }

  @Test
  void an_answer_that_shows_an_empty_text_is_of_a_known_shape() {
    assertThat(read(EVENTS, chunk("")).textBytes()).isZero();
    assertThat(read(JSON, "{\"choices\":[{\"message\":{\"content\":null}}]}").textBytes()).isZero();
    assertThat(read(JSON, "{\"data\":[{\"embedding\":\"AAAA\"}]}").textBytes()).isZero();
  }

  /** Whoever breaks JSON must not get text for nothing; the end marker is no such thing. */
  @Test
  void counts_a_broken_object_among_known_documents_in_all_its_bytes() {
    String broken = "{\"choices\":[{\"delta\":{\"content\":\"a\tb\"}}]}";
    AnswerUsage usage =
        read(EVENTS, chunk("One"), "data: " + broken + "\n\n", chunk(" two"), "data: [DONE]\n\n");

    assertThat(usage.textBytes()).isEqualTo(3 + broken.length() + 4);
  }

  /** As an app sends them that forgets the empty line between its events. */
  @Test
  void counts_two_objects_in_one_event_in_all_their_bytes() {
    String data = "{\"choices\":[{\"delta\":{\"content\":\"ab\"}}]}";
    AnswerUsage usage = read(EVENTS, chunk("One"), "data: " + data + "\ndata: " + data + "\n\n");

    assertThat(usage.textUnreported()).isEqualTo(3 + 2 * data.length() + 1);
  }

  @Test
  void a_document_that_ends_early_leaves_nothing_to_the_next() {
    String first = "{\"choices\":[";
    String second = "[[{\"text\":\"abc\"}]]";

    assertThat(read(EVENTS, "data: " + first + "\n\n", "data: " + second + "\n\n").textBytes())
        .isEqualTo(first.length() + second.length());
  }

  @Test
  void takes_no_count_from_a_broken_document() {
    assertThat(read(JSON, "{\"usage\":{\"output_tokens\":1}}}").outputReported()).isEqualTo(-1);
  }

  @Test
  void gives_up_on_a_document_that_is_nested_too_deep_and_reads_the_next() {
    String deep = "{\"a\":".repeat(2_000);
    AnswerUsage usage = read(EVENTS, "data: " + deep + "\n\n", chunk("One", 1, 2));

    assertThat(counts(usage))
        .isEqualTo(
            "input 1, output 2, total -1, text %d, unreported 0".formatted(deep.length() + 3));
    assertThat(read(JSON, deep).textBytes()).isEqualTo(deep.length());
  }

  /** R10: when it is asked, the event that has just ended is counted. */
  @Test
  void ends_a_stream_at_the_event_with_which_the_budget_is_gone() {
    AnswerUsage[] itself = new AnswerUsage[1];
    AnswerUsage usage =
        new AnswerUsage(UsagePaths.PRESET, false, () -> itself[0].textUnreported() < 6);
    itself[0] = usage;
    usage.head(200, EVENTS, null);
    String before = chunk("One") + chunk(" two");

    assertThat(give(usage, before + chunk("three"))).isEqualTo(before.length());
    assertThat(give(usage, chunk("four"))).isZero();
    usage.finish();

    assertThat(usage.textBytes()).isEqualTo(7);
    assertThat(usage.bytesSeen()).isEqualTo(before.length());
  }

  @Test
  void reads_nothing_after_its_end() {
    AnswerUsage usage = read(EVENTS, chunk("One"));

    assertThat(give(usage, chunk("two"))).isEqualTo(chunk("two").length());
    assertThat(usage.textBytes()).isEqualTo(3);
  }

  @Test
  void an_answer_without_a_body_tells_and_shows_nothing() {
    assertThat(counts(read(null))).isEqualTo("input -1, output -1, total -1, text 0, unreported 0");
    assertThat(counts(new AnswerUsage(UsagePaths.PRESET, false, null)))
        .isEqualTo("input -1, output -1, total -1, text 0, unreported 0");
  }
}
