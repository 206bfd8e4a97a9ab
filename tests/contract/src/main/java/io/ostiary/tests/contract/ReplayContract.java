package io.ostiary.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that come slowly, over HTTP/2, or too many at one time: servlet-pitfalls 25, 29, 33, 34. */
interface ReplayContract extends Guarded {

  /** A server whose bodies may take one mebibyte together. */
  ServerProcess veiledServer() throws IOException;

  /** Whether the server speaks HTTP/2 without TLS. */
  boolean speaksHttp2();

  /**
   * servlet-pitfalls 29: a hundred pieces of a thousand bytes, with pauses; the app refuses a second listener and none, and answers
   * at the first of its listener's ends. Where the guard reads the body first, and where the container has it still.
   */
  @ParameterizedTest
  @CsvSource({
    "/v1/chat/completions, false",
    "/v1/chat/completions, true",
    "/forms/x, false",
    "/forms/x, true"
  })
  default void a_body_in_pieces_arrives_whole(String path, boolean chunked) throws IOException {
    byte[] json = BodyContract.jsonOf(100_000);
    Ask ask = Ask.of("POST", path).key("acme").header("X-Read", "listener");
    ask =
        ask.header("Content-Type", "application/json").header("X-Test", "pieces" + path + chunked);
    try (Wire wire = connect()) {
      wire.send(chunked ? ask.headOfChunks() : ask.headDeclaring(json.length));
      for (int at = 0; at < json.length; at += 1000) {
        wire.send(chunked ? Ask.chunkOf(json, at, 1000) : Arrays.copyOfRange(json, at, at + 1000));
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
      }
      if (chunked) {
        wire.send("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      }
      Answer answer = wire.answer();
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text()).contains("\"length\":" + json.length, BodyContract.sha256(json));
    }
    assertThat(hits("pieces" + path + chunked + "-ends")).isOne();
  }

  /** servlet-pitfalls 34, B4: with a length and without. */
  @ParameterizedTest
  @CsvSource({
    "stream,   33792, true",
    "stream,   2097152, true",
    "stream,   122880, false",
    "reader,   122880, true",
    "listener, 122880, true",
    "listener, 122880, false",
  })
  default void a_body_over_http_2_is_read_as_it_was_sent(String way, int size, boolean declared)
      throws Exception {
    assumeTrue(speaksHttp2());
    byte[] json = BodyContract.jsonOf(size);
    HttpResponse<String> answer =
        overHttp2(
            HttpRequest.newBuilder(uri("/v1/chat/completions"))
                .header("X-Read", way)
                .header("Content-Type", "application/json"),
            declared
                ? HttpRequest.BodyPublishers.ofByteArray(json)
                : HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(json)));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"length\":" + json.length, BodyContract.sha256(json));
  }

  /** A6: over HTTP/2 a body need not be declared in any way. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  default void a_body_over_http_2_is_judged(boolean declared) throws Exception {
    assumeTrue(speaksHttp2());
    byte[] json = "{\"model\":\"gpt-7\"}".getBytes(StandardCharsets.US_ASCII);
    HttpResponse<String> answer =
        overHttp2(
            HttpRequest.newBuilder(uri("/v1/chat/completions"))
                .header("Content-Type", "application/json"),
            declared
                ? HttpRequest.BodyPublishers.ofByteArray(json)
                : HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(json)));
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("ModelArts.81009");
  }

  private URI uri(String path) throws IOException {
    return URI.create("http://127.0.0.1:" + server().port() + path);
  }

  /** The JDK's client asks for the change of protocol with its first request, and keeps the connection. */
  private HttpResponse<String> overHttp2(HttpRequest.Builder ask, HttpRequest.BodyPublisher body)
      throws Exception {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
    HttpRequest first = HttpRequest.newBuilder(uri("/open/hits?test=http2")).build();
    assertThat(client.send(first, HttpResponse.BodyHandlers.ofString()).version())
        .isEqualTo(HttpClient.Version.HTTP_2);
    HttpRequest request =
        ask.header("Authorization", "Bearer " + Keys.secretOf("acme")).POST(body).build();
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
    return answer;
  }

  /** servlet-pitfalls 33, H1: who comes while others hold the memory is sent away, and nobody is held up. */
  @Test
  default void too_many_bodies_at_one_time_are_refused_and_the_others_end_well()
      throws IOException {
    byte[] large = BodyContract.jsonOf(900_000);
    Ask other =
        Ask.of("POST", "/v1/chat/completions")
            .key("acme")
            .header("Content-Type", "application/json")
            .body(BodyContract.jsonOf(600_000));
    boolean well = false;
    // Which of two that come together is refused is a matter of luck; then there is another trial.
    for (int trial = 0; trial < 10 && !well; trial++) {
      well = goesOnWhileAnotherIsRefused(large, other);
    }
    assertThat(well).isTrue();
    askUntilServed(other);
  }

  private boolean goesOnWhileAnotherIsRefused(byte[] large, Ask other) throws IOException {
    try (Wire wire = new Wire(veiledServer().port())) {
      wire.send(
          Ask.of("POST", "/v1/chat/completions")
              .key("acme")
              .header("Content-Type", "application/json")
              .headDeclaring(large.length));
      wire.send(Arrays.copyOf(large, 800_000));
      for (int i = 0; i < 20; i++) {
        ask(veiledServer(), Ask.get("/open/hits?test=none"));
      }
      Answer refused = ask(veiledServer(), other);
      for (int i = 0; i < 20 && refused.status() == 200; i++) {
        refused = ask(veiledServer(), other);
      }
      if (refused.status() == 200) {
        // Then it was the first that found no room.
        return false;
      }
      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.header("Retry-After")).isEqualTo("1");
      assertThat(refused.text()).contains("\"rate_limit_exceeded\"");
      wire.sendWhileTaken(Arrays.copyOfRange(large, 800_000, large.length));
      Answer answer = wire.answer();
      if (answer.status() == 200) {
        assertThat(answer.text()).contains(BodyContract.sha256(large));
      }
      return answer.status() == 200;
    }
  }

  /** The guard lets go when it does; the client does not see it. */
  private void askUntilServed(Ask ask) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    Answer answer = ask(veiledServer(), ask);
    while (answer.status() == 429 && System.nanoTime() - end < 0) {
      answer = ask(veiledServer(), ask);
    }
    assertThat(answer.status()).isEqualTo(200);
  }
}
