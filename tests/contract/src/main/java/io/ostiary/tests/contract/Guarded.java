package io.ostiary.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A server under test, and how the contract's parts talk to it. */
interface Guarded {

  /** Tags of keys whose secret or digest must never be seen in an answer. */
  List<String> SECRETS = List.of("acme", "away", "narrow", "expired", "revoked", "frozen");

  ServerProcess server();

  /** Whether the call is judged before the container asks the client for its body. */
  boolean judgesBeforeContinue();

  default Wire connect() throws IOException {
    return new Wire(server().port());
  }

  /** Whether the server looks at a request before the first byte of its declared body has come. */
  boolean hearsTheHeadAlone();

  /** Sends a head and as little as possible of the body that it declares. */
  default void sendHead(Wire wire, String head) throws IOException {
    wire.send(head);
    if (!hearsTheHeadAlone()) {
      wire.send("x");
    }
  }

  /** Asks on a connection of its own. H6: no answer whatsoever names a key or a digest. */
  default Answer ask(Ask ask) throws IOException {
    return ask(server(), ask);
  }

  /** Asks another server than the one that most tests are about. */
  default Answer ask(ServerProcess server, Ask ask) throws IOException {
    try (Wire wire = new Wire(server.port())) {
      Answer answer = wire.send(ask.bytes()).answerTo(ask.method());
      for (String tag : SECRETS) {
        assertThat(answer.toString()).doesNotContain(Keys.secretOf(tag), Keys.digestOf(tag));
      }
      return answer;
    }
  }

  /** How often the app has been called by requests with this {@code X-Test}. */
  default int hits(String test) throws IOException {
    return Integer.parseInt(ask(Ask.get("/open/hits?test=" + test)).text());
  }

  /** Waits until the app has said so once at least: the client may have its answer before the app knows what became of it. */
  default int hitsOnceThere(String test) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    int hits = hits(test);
    while (hits == 0 && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
      hits = hits(test);
    }
    return hits;
  }

  /** Asks until it is admitted; a refusal costs nothing, so that asking too early does no harm. */
  default Answer askUntilAdmitted(Ask ask) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    Answer answer = ask(ask);
    while (answer.status() == 429 && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      answer = ask(ask);
    }
    return answer;
  }

  /** A call that is taken for 50 tokens of input and 400 of output. */
  static Ask of450Tokens(String key) {
    String json = "{\"model\":\"qwen-max\",\"max_tokens\":400,\"prompt\":\"\"}";
    // The digits of the number count as text too.
    String padded = json.replace("\"\"", "\"" + "x".repeat(197) + "\"");
    return Ask.of("POST", "/v1/chat/completions").key(key).json(padded);
  }
}
