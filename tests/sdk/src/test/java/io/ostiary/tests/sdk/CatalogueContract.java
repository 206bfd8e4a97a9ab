package io.ostiary.tests.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every client must make of each trouble that a call can meet: one subclass for each, with a server of its own. How often a
 * client called, and when, is told by the server.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
abstract class CatalogueContract {

  private final String dialect;
  private GuardedServer server;
  private Client client;

  /**
   * @param dialect the vendor's
   */
  CatalogueContract(String dialect) {
    this.dialect = dialect;
  }

  abstract Client startClient() throws IOException;

  @BeforeAll
  void start() throws IOException {
    client = startClient();
    server = GuardedServer.start();
    // The first call of all takes as long as it likes.
    assertThat(ask(chat("warm-up", "any")).error()).isNull();
  }

  @AfterAll
  void stop() throws IOException {
    if (client != null) {
      client.close();
    }
    if (server != null) {
      server.close();
    }
  }

  Client client() {
    return client;
  }

  Chat chat(String test, String key) throws IOException {
    return chat(test, key, dialect);
  }

  Chat chat(String test, String key, String dialect) throws IOException {
    return Chat.of(test, server.url(dialect), key);
  }

  Told ask(Chat chat) throws IOException {
    return client.ask(chat);
  }

  List<Visit> visits(String test, int expected) throws IOException {
    return server.visits(test, expected);
  }

  List<Integer> statuses(String test, int expected) throws IOException {
    return visits(test, expected).stream().map(Visit::status).toList();
  }

  /**
   * What the client tells of each trouble, a row for each: the trouble, the dialect, the status, the code, the type, a part of the
   * message, and how often the client calls. A dash is what it does not tell.
   */
  abstract String catalogue();

  final List<Arguments> rows() {
    return catalogue()
        .lines()
        .map(line -> Arguments.of((Object[]) line.strip().split(" *[|] *", -1)))
        .toList();
  }

  /** H4, E4: the client's own error, with all that its documentation promises, and no call in vain. */
  @ParameterizedTest
  @MethodSource("rows")
  void tells_of_a_trouble_in_its_own_terms(
      Trouble trouble,
      String dialect,
      int status,
      String code,
      String type,
      String message,
      int calls)
      throws IOException {
    String test = trouble + "-" + dialect;

    Told told = trouble.meet(this, test, dialect);

    assertThat(told.error()).as(told.toString()).isEqualTo(client.errorOf(status));
    assertThat(told.status()).isEqualTo(status);
    assertThat(told.code()).isEqualTo(code.equals("-") ? null : code);
    assertThat(told.type()).isEqualTo(type.equals("-") ? null : type);
    assertThat(told.message()).contains(message);
    assertThat(refusals(test, calls)).containsExactlyElementsOf(Collections.nCopies(calls, status));
  }

  /** The server logs a call when its client may have gone on already. */
  private List<Integer> refusals(String test, int expected) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    List<Integer> refusals;
    do {
      refusals = new ArrayList<>(statuses(test, expected));
      refusals.removeIf(each -> each == 200);
    } while (refusals.size() < expected && System.nanoTime() - end < 0);
    return refusals;
  }

  @Test
  void has_met_every_trouble_in_every_dialect_that_it_is_asked_in() {
    List<String> met =
        rows().stream().map(row -> row.get()[0] + " " + row.get()[1]).distinct().toList();
    List<String> all = new ArrayList<>();
    for (String spoken : rows().stream().map(row -> (String) row.get()[1]).distinct().toList()) {
      Arrays.stream(Trouble.values()).forEach(trouble -> all.add(trouble + " " + spoken));
    }

    assertThat(met).containsExactlyInAnyOrderElementsOf(all);
  }

  /** The call as it runs out of time, as long as nobody releases it. */
  Chat late(Chat chat) throws IOException {
    String url = server.url("late/" + chat.url().replaceAll(".*/", ""));
    return new Chat(
        chat.test(), url, chat.key(), ModelServlet.HELD, chat.text(), 16, false, chat.retries());
  }

  /** Calls that fill the server, until they are released. */
  Held hold(String dialect) throws IOException {
    return server.hold(dialect);
  }

  void release() throws IOException {
    server.release();
  }
}
