package io.ostiary.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** R8: at most 16 KiB a stream, whatever it is; measured as all that is ever allocated for it. */
class AnswerMemoryTest {

  private static final long MOST = 16 * 1024;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final String CHUNK =
      """
      data: {"id":"chatcmpl-9x","object":"chat.completion.chunk","created":1694268190,"model":"gpt-4o-mini",\
      "choices":[{"index":0,"delta":{"content":"门房 says hello"},"logprobs":null,"finish_reason":null}],\
      "usage":{"prompt_tokens":9,"completion_tokens":%d}}

      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "text/event-stream | `data: {\"choices\":[{\"delta\":{\"content\":\"` | a",
        "text/event-stream | `data: ` | a",
        "text/event-stream | `` | a",
        "text/event-stream | `data: {\"usage\":{` | \"output_tokens\":1,",
        "text/event-stream | `data: {\"usage\":{\"output_tokens\":` | 7",
        "text/event-stream | `data: {\"` | name",
        "text/event-stream | `` | `data: {\"type\":\"response.output_text.delta\",\"delta\":\"abc\"}\r\n\r\n`",
        "application/x-ndjson | `{\"response\":\"` | \\u00e9",
        "application/json | `{\"data\":[` | {\"embedding\":[0.1,-2e-5,3]},",
        "application/json | `` | {\"a\":",
        "application/json | `` | [",
        "application/json | {\"content\":[ | {\"input\":{\"x\":[[{}]]}},",
        "text/plain | `` | words"
      })
  void fifty_megabytes_leave_no_more_than_a_scanner_behind(
      String contentType, String head, String pattern) {
    byte[] beginning = head.getBytes(UTF_8);
    byte[] piece = pattern.repeat(8192 / pattern.length()).getBytes(UTF_8);
    stream(contentType, beginning, piece, 10_000);

    long before = THREADS.getCurrentThreadAllocatedBytes();
    AnswerUsage usage = stream(contentType, beginning, piece, 50_000_000);
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;

    assertThat(usage.bytesSeen()).isGreaterThan(50_000_000);
    assertThat(allocated).isLessThan(MOST);
  }

  private static AnswerUsage stream(
      String contentType, byte[] beginning, byte[] piece, int length) {
    AnswerUsage usage = new AnswerUsage(UsagePaths.PRESET, false, null);
    usage.head(200, contentType, null);
    usage.bytes(beginning, 0, beginning.length);
    for (int i = 0; i <= length; i += piece.length) {
      usage.bytes(piece, 0, piece.length);
    }
    usage.finish();
    return usage;
  }

  @Test
  void an_event_allocates_nothing() {
    byte[] events = (CHUNK.formatted(1) + CHUNK.formatted(22)).getBytes(UTF_8);
    AnswerUsage usage = new AnswerUsage(UsagePaths.PRESET, false, () -> true);
    usage.head(200, "text/event-stream", null);
    give(usage, events, 1_000);

    long before = THREADS.getCurrentThreadAllocatedBytes();
    give(usage, events, 10_000);
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;

    assertThat(usage.outputReported()).isEqualTo(22);
    assertThat(allocated).as("bytes for 20,000 events").isLessThan(1_000);
  }

  private static void give(AnswerUsage usage, byte[] events, int times) {
    for (int i = 0; i < times; i++) {
      usage.bytes(events, 0, events.length);
    }
  }

  @Test
  void a_long_path_of_an_operator_does_not_make_it_large() {
    String longest = "n".repeat(UsagePaths.LONGEST);
    byte[] document = ("{\"" + "n".repeat(20_000) + "\":1}\n").getBytes(UTF_8);
    UsagePaths paths = UsagePaths.of(longest, null, null, null);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    AnswerUsage usage = new AnswerUsage(paths, false, null);
    usage.head(200, "application/x-ndjson", null);
    give(usage, document, 100);
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;

    assertThat(usage.bytesSeen()).isEqualTo(100L * document.length);
    assertThat(allocated).isLessThan(MOST);
  }

  @Test
  void a_hundred_thousand_elements_are_counted_exactly() {
    byte[] element = "{\"delta\":{\"content\":\"é\"}},".getBytes(UTF_8);
    byte[] elements = new byte[1_000 * element.length];
    for (int i = 0; i < 1_000; i++) {
      System.arraycopy(element, 0, elements, i * element.length, element.length);
    }
    AnswerUsage usage = new AnswerUsage(UsagePaths.PRESET, false, null);
    usage.head(200, "text/event-stream", null);
    byte[] head = "data: {\"choices\":[".getBytes(UTF_8);
    byte[] tail = "{}],\"usage\":{\"output_tokens\":8}}\r\r".getBytes(UTF_8);
    usage.bytes(head, 0, head.length);
    for (int i = 0; i < 100; i++) {
      usage.bytes(elements, 0, elements.length);
    }
    usage.bytes(tail, 0, tail.length);
    usage.finish();

    assertThat(usage.textBytes()).isEqualTo(200_000);
    assertThat(usage.outputReported()).isEqualTo(8);
    assertThat(usage.textUnreported()).isZero();
  }
}
