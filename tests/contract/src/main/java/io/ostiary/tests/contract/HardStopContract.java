package io.ostiary.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Streams that end when the budget does: R10. Of 200 tokens, 100 are the input's; each event takes two. */
interface HardStopContract extends Guarded {

  String EVENT = ExitContract.EVENT;

  /** R10: within one event of the budget, whichever way the app writes; the app is told, and the connection serves on. */
  @ParameterizedTest
  @CsvSource({
    "stream,        events",
    "bytewise,      events",
    "print,         events",
    "writer,        events",
    "format,        events",
    "thread,        events",
    "thread-writer, events",
    "listener,      events",
    "chunks,        7",
  })
  default void a_stream_ends_with_its_budget(String way, String cut) throws IOException {
    Ask ask = stopped("/play/stop/chat", "stop-" + way).header("X-Cut", cut);
    ask.header("X-Via", way.equals("chunks") ? "stream" : way).header("X-Test", "stop-" + way);
    try (Wire wire = connect()) {
      Answer answer = wire.send(ask.bytes()).answer();
      assertThat(answer.status()).isEqualTo(200);
      assertStopped(
          answer.text(), "event: error\ndata: {\"error\":{\"message\":\"The output was stopped: ");
      assertThat(answer.text()).contains("\"rate_limit_exceeded\"");
      assertThat(hitsOnceThere("stop-" + way + "-stopped")).isOne();
      assertThat(wire.send(Ask.chat("acme", "qwen-max").bytes()).answer().status()).isEqualTo(200);
    }
    Answer next = ask(Ask.chat("stop-" + way, "qwen-max"));
    assertThat(next.status()).isEqualTo(429);
    assertThat(next.header("x-ratelimit-remaining-tokens")).isEqualTo("0");
  }

  private static Ask stopped(String path, String key) {
    return Ask.play(path, key, EVENT.repeat(10)).header("X-Times", 50);
  }

  /** The events are whole, as many as are paid for and at most one more, and the closing event is the last. */
  private static void assertStopped(String text, String closing) {
    int end = text.lastIndexOf(EVENT) + EVENT.length();
    assertThat(text.substring(0, end)).isEqualTo(EVENT.repeat(end / EVENT.length()));
    assertThat(end / EVENT.length()).isBetween(50, 51);
    assertThat(text.substring(end)).startsWith(closing).endsWith("\n\n");
    assertThat(text.substring(end).strip().lines()).noneMatch(String::isBlank);
  }

  /** R10: in the words of each vendor. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "messages   | event: error\\ndata: {\"type\":\"error\"",
        "generation | id:1\\nevent:error\\n:HTTP_STATUS/429\\ndata: {",
      })
  default void the_closing_event_speaks_the_dialect(String path, String closing)
      throws IOException {
    Answer answer = ask(stopped("/play/stop/" + path, "stop-" + path));
    assertStopped(answer.text(), closing.replace("\\n", "\n"));
  }

  /** R10: for a key, on any route. */
  @Test
  default void a_key_s_streams_can_be_stopped() throws IOException {
    assertStopped(ask(stopped("/play/chat", "stopped-key")).text(), "event: error\n");
  }

  /** R10: an app that lets its failed write be seen does the client no harm. */
  @Test
  default void an_app_that_throws_when_it_is_stopped_spoils_nothing() throws IOException {
    Ask ask = stopped("/play/stop/chat", "stop-throw").header("X-Then", "throw-if-stopped");
    try (Wire wire = connect()) {
      Answer answer = wire.send(ask.bytes()).answer();
      assertStopped(answer.text(), "event: error\n");
      wire.sendWhileTaken(Ask.chat("acme", "qwen-max").bytes());
      try {
        assertThat(wire.answer().status()).isEqualTo(200);
      } catch (EOFException | SocketException closed) {
        // As containers do after an app that has thrown; the answer before was whole.
      }
    }
  }

  /** Half of an answer in JSON would help nobody. */
  @Test
  default void an_answer_that_is_no_stream_is_not_stopped() throws IOException {
    String json = "{\"choices\":[{\"message\":{\"content\":\"" + "x".repeat(4000) + "\"}}]}";
    Ask ask = Ask.play("/play/stop/chat", "stop-json", json).header("X-Type", "application/json");
    assertThat(ask(ask.header("X-Cut", 100)).text()).isEqualTo(json);
    assertThat(ask(Ask.chat("stop-json", "qwen-max")).status()).isEqualTo(429);
  }
}
