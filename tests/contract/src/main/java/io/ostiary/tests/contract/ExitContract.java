package io.ostiary.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a call is charged that did not end well, once: R6, R7, pitfall 40. */
interface ExitContract extends Guarded {

  /** Whether the guard is a filter, which cannot know whether the app has a page of its own for an error. */
  boolean comesAfterTheAppsFilters();

  /** Eight bytes of text are two tokens. */
  String EVENT = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"abcdefgh\"}}]}\n\n";

  /** R7: what had left by then is charged. */
  @ParameterizedTest
  @CsvSource({
    "stream,        throw",
    "stream,        fail",
    "stream,        model-failure",
    "stream,        send-error",
    "writer,        throw",
    "writer,        fail",
    "writer,        send-error",
    "thread,        hang",
    "thread-writer, hang",
    "listener,      throw",
  })
  default void an_answer_that_breaks_off_is_charged_what_has_left(String way, String end)
      throws IOException {
    Budget budget = new Budget(this, "exit");
    Ask ask = Ask.play("/play/chat", "exit", EVENT.repeat(3)).header("X-Via", way);
    try (Wire wire = connect()) {
      wire.send(ask.header("X-Then", end).bytes());
      assertThat(wire.head().status()).isEqualTo(200);
      assertThat(EVENT.repeat(3)).startsWith(begun(wire, 3 * EVENT.length()));
      budget.assertCharged(100 + 3 * 2, end + " by " + way);
    }
  }

  /** What comes, until it is so much or breaks off; a connection that is reset may lose what had left. */
  private static String begun(Wire wire, int enough) throws IOException {
    StringBuilder all = new StringBuilder();
    try {
      while (all.length() < enough) {
        all.append(new String(wire.chunk(), StandardCharsets.UTF_8));
      }
    } catch (EOFException | SocketException brokenOff) {
      // As some of these answers are.
    }
    return all.toString();
  }

  /** R7, pitfall 12: nothing has left, and the page that the container makes of it, or the app itself, is free too. */
  @ParameterizedTest
  @CsvSource({
    "stream, throw,         500",
    "stream, fail,          500",
    "stream, model-failure, 500",
    "stream, send-error,    502",
    "writer, throw,         500",
    "writer, model-failure, 500",
    "writer, send-error,    502",
    "thread, hang,          500",
  })
  default void an_answer_that_never_came_is_free(String way, String end, int status)
      throws IOException {
    Budget budget = new Budget(this, "exit");
    Ask silent = Ask.play("/play/chat", "exit", "").header("X-Via", way).header("X-Then", end);
    Answer answer = ask(silent);
    assertThat(answer.status()).isIn(status, 503);
    boolean hasPage = end.equals("model-failure") || end.equals("send-error");
    if (hasPage && !comesAfterTheAppsFilters()) {
      assertThat(answer.text()).contains("of the app");
    }
    budget.assertCharged(0, end + " by " + way);
  }

  /** R7: what the app had written, but the container could still take back, has not left. */
  @ParameterizedTest
  @CsvSource({
    "stream, throw",
    "stream, send-error",
    "writer, model-failure",
    "writer, send-error",
  })
  default void an_answer_that_was_taken_back_is_free(String way, String end) throws IOException {
    Budget budget = new Budget(this, "exit");
    Ask ask = Ask.play("/play/chat", "exit", EVENT.repeat(3)).header("X-Unflushed", "yes");
    Answer answer =
        ask(ask.header("X-Via", way.replace("writer", "blind-writer")).header("X-Then", end));
    assertThat(answer.status()).isIn(500, 502);
    budget.assertCharged(0, end + " by " + way);
  }

  /** R7, pitfall 40: the client goes away after some events; those that the container took are charged, with the input. */
  @ParameterizedTest
  @ValueSource(strings = {"stream", "writer", "thread", "thread-writer", "listener"})
  default void a_client_that_goes_away_pays_for_what_has_left(String way) throws IOException {
    Budget budget = new Budget(this, "exit");
    String test = "away-" + way;
    goAwayFrom(Ask.play("/play/chat", "exit", EVENT).header("X-Via", way), test, 5000);
    int taken = awaitEnd(test);
    assertThat(taken).isBetween(2, 4999);
    assertThat(hits(test + "-stopped")).isOne();
    // The container may end an asynchronous call while the app's thread is about to write.
    int late = way.startsWith("thread") ? 2 : 0;
    budget.assertCharged(100 + 2 * (taken - late), 100 + 2 * taken, taken + " events by " + way);
  }

  /** R7: nor does one pay for what an app goes on writing that never looks. */
  @Test
  default void a_client_that_goes_away_does_not_pay_for_what_is_written_in_vain()
      throws IOException {
    Budget budget = new Budget(this, "exit");
    Ask ask = Ask.play("/play/chat", "exit", EVENT).header("X-Via", "blind-writer");
    goAwayFrom(ask, "away-blind", 400);
    assertThat(awaitEnd("away-blind")).isEqualTo(400);
    budget.assertCharged(100 + 2 * 2, 100 + 2 * 399, "400 events in vain");
  }

  private void goAwayFrom(Ask ask, String test, int events) throws IOException {
    try (Wire wire = connect()) {
      ask.header("X-Test", test).header("X-Pause", 1000).header("X-Times", events);
      wire.send(ask.bytes());
      assertThat(wire.head().status()).isEqualTo(200);
      wire.chunk();
      wire.chunk();
      wire.breakOff();
    }
  }

  /** Waits until the app is through with a call; answers how many pieces the container took. */
  private int awaitEnd(String test) throws IOException {
    assertThat(hitsOnceThere(test + "-over")).isOne();
    return hits(test);
  }

  /** R6, R7: a server that stops in mid-stream leaves nothing reserved. */
  @ParameterizedTest
  @ValueSource(strings = {"stream", "thread", "listener"})
  default void a_stream_that_the_server_s_stop_cuts_is_charged_what_has_left(String way)
      throws IOException {
    Budget budget = new Budget(this, "restart");
    String test = "restart-" + way;
    Ask ask = Ask.play("/play/chat", "restart", EVENT).header("X-Via", way);
    ask.header("X-Test", test).header("X-Pause", 1000).header("X-Times", 20000);
    try (Wire wire = connect()) {
      wire.send(ask.bytes());
      assertThat(wire.head().status()).isEqualTo(200);
      wire.chunk();
      server().restart();
      int taken = awaitEnd(test);
      budget.assertCharged(100 + 2, 100 + 2 * taken, taken + " events by " + way);
    }
  }
}
