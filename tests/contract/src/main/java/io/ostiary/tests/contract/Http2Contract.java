package io.ostiary.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Calls that share a connection, in HTTP/2 without TLS; three run at one time and four wait. For servers that speak it under
 * {@code -Dapp.http2=true}.
 */
public interface Http2Contract extends Guarded {

  ServerProcess queueServer() throws IOException;

  boolean seesSockets();

  /** Whether the server tells an asynchronous app of a reset without a write. */
  default boolean tellsOfResets() {
    return false;
  }

  /** A client whose one connection has been upgraded. */
  private HttpClient client() throws IOException, InterruptedException {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
    HttpRequest first = HttpRequest.newBuilder(uri("/open/hits?test=none")).build();
    assertThat(client.send(first, BodyHandlers.ofString()).version())
        .isEqualTo(HttpClient.Version.HTTP_2);
    return client;
  }

  private URI uri(String path) throws IOException {
    return URI.create("http://localhost:" + queueServer().port() + path);
  }

  private HttpRequest.Builder play(String path, String way, int times, int millis)
      throws IOException {
    return play(path, "data: {}\n\n", way, times, millis);
  }

  private HttpRequest.Builder play(String path, String text, String way, int times, int millis)
      throws IOException {
    byte[] event = text.getBytes(StandardCharsets.UTF_8);
    return HttpRequest.newBuilder(uri(path))
        .header("Authorization", "Bearer " + Keys.secretOf("acme"))
        .header("Content-Type", "application/json")
        .header("X-Play", Base64.getEncoder().encodeToString(event))
        .header("X-Via", way)
        .header("X-Times", Integer.toString(times))
        .header("X-Pause", Integer.toString(millis * 1_000))
        .timeout(Duration.ofSeconds(20))
        .POST(BodyPublishers.ofString("{\"model\":\"qwen-max\"}"));
  }

  private HttpRequest lasting(String way, int millis) throws IOException {
    return play("/play/chat", way, millis / 10, 10).header("X-Head-First", "yes").build();
  }

  /** Calls that have begun to run. */
  private List<InputStream> running(HttpClient client, String way, int millis)
      throws IOException, InterruptedException {
    List<InputStream> running = new ArrayList<>();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (running.size() < 3) {
      HttpResponse<InputStream> begun =
          client.send(lasting(way, millis), BodyHandlers.ofInputStream());
      if (begun.statusCode() == 200) {
        assertThat(begun.version()).isEqualTo(HttpClient.Version.HTTP_2);
        running.add(begun.body());
      } else {
        String text = new String(begun.body().readAllBytes(), StandardCharsets.UTF_8);
        // Tomcat answers so, without a word and without a guard too, a call that comes right after
        // resets; the guard's own 500 has a body.
        boolean isTomcats = begun.statusCode() == 500 && text.isEmpty();
        assertThat(isTomcats || begun.statusCode() == 450).as(begun + text).isTrue();
        assertThat(System.nanoTime() - end).as("still no worker").isNegative();
      }
    }
    return running;
  }

  private static void reset(List<InputStream> running) throws IOException {
    for (InputStream each : running) {
      each.close();
    }
  }

  /** Q1: who finds the queue full is told so, on a connection on which all others are served. */
  @ParameterizedTest
  @ValueSource(strings = {"stream", "thread", "listener"})
  default void a_stream_is_refused_and_its_neighbours_are_served(String way) throws Exception {
    HttpClient client = client();
    List<InputStream> running = running(client, way, 600);
    List<CompletableFuture<HttpResponse<String>>> others = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      HttpRequest next = play("/play/chat", way, 1, 1).build();
      others.add(client.sendAsync(next, BodyHandlers.ofString()));
    }
    List<Integer> statuses = new ArrayList<>();
    for (CompletableFuture<HttpResponse<String>> other : others) {
      statuses.add(other.get(20, TimeUnit.SECONDS).statusCode());
    }
    assertThat(statuses).containsOnly(200, 450);
    assertThat(statuses).filteredOn(status -> status == 200).hasSizeBetween(4, 11);
    for (InputStream each : running) {
      assertThat(new String(each.readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo("data: {}\n\n".repeat(60));
    }
  }

  /** R11, Q3: a stream that is reset frees its worker. */
  @ParameterizedTest
  @ValueSource(strings = {"stream", "writer", "thread", "thread-writer", "listener"})
  default void a_stream_that_is_reset_frees_its_worker(String way) throws Exception {
    HttpClient client = client();
    reset(running(client, way, 5_000));
    long start = System.nanoTime();
    // Tomcat closes a connection on which much is reset.
    reset(running(client(), "stream", 5_000));
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    assertThat(millis).as("until the workers were free").isLessThan(1_500);
  }

  /** R11: streams that are reset at any moment leave nothing behind. */
  @Test
  default void streams_that_are_reset_at_any_moment_leave_nothing_behind() throws Exception {
    ServerProcess server = queueServer();
    new StreamAborts(server.port()).run(AbortContract.ABORTS / 4);
    long start = System.nanoTime();
    List<InputStream> running = running(client(), "stream", 5_000);
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    assertThat(millis).as("until all workers are free").isLessThan(AbortContract.MOST_MILLIS);
    reset(running);
    AbortContract.Inside inside = AbortContract.Inside.of(this, server);
    assertThat(inside.playing()).as("threads in the app").isZero();
    assertThat(inside.waiting()).as("calls in the line").isZero();
  }

  /** Q3: an asynchronous app that writes nothing is told by its listener, and its worker is free. */
  @Test
  default void an_app_that_is_silent_is_told_that_its_stream_was_reset() throws Exception {
    Assumptions.assumeTrue(tellsOfResets() || seesSockets(), "told at the next write");
    String test = "reset-silence";
    HttpRequest silent =
        play("/play/chat", "silence", 1, 1)
            .header("X-Test", test)
            .header("X-Head-First", "yes")
            .build();
    List<HttpClient> clients = new ArrayList<>();
    List<InputStream> answers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      // Each on its own connection: Tomcat ends one at whose streams little but resets has come.
      clients.add(client());
      answers.add(clients.get(i).send(silent, BodyHandlers.ofInputStream()).body());
    }
    HttpClient client = client();
    reset(answers);
    HttpRequest told = HttpRequest.newBuilder(uri("/open/hits?test=" + test + "-told")).build();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    String count = client.send(told, BodyHandlers.ofString()).body();
    // Of one that is reset just as its app returns Jetty tells at the next write only.
    int least = tellsOfResets() ? 1 : 3;
    while (Integer.parseInt(count) < least && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
      count = client.send(told, BodyHandlers.ofString()).body();
    }
    assertThat(Integer.parseInt(count)).as("of %s", clients).isBetween(least, 3);
    reset(running(client, "stream", 5_000));
  }

  /** Q3: a stream that is reset while it waits leaves the line. */
  @Test
  default void a_stream_that_is_reset_leaves_the_line() throws Exception {
    Assumptions.assumeTrue(seesSockets(), "a filter is not told");
    HttpClient client = client();
    List<InputStream> running = running(client, "stream", 5_000);
    for (int i = 0; i < 4; i++) {
      waiting(client).cancel(true);
    }
    long start = System.nanoTime();
    CompletableFuture<HttpResponse<String>> place = waiting(client);
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    assertThat(millis).as("until there was a place in the line").isLessThan(1_500);
    reset(running);
    assertThat(place.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
  }

  /** A call that is not refused at once. */
  private CompletableFuture<HttpResponse<String>> waiting(HttpClient client) throws Exception {
    while (true) {
      CompletableFuture<HttpResponse<String>> place =
          client.sendAsync(lasting("stream", 10), BodyHandlers.ofString());
      try {
        assertThat(place.get(150, TimeUnit.MILLISECONDS).statusCode()).isEqualTo(450);
      } catch (TimeoutException waits) {
        return place;
      }
    }
  }

  /** Q2, R11: who takes nothing of an answer that has begun; its window is 16 MB, half of that of its connection. */
  @ParameterizedTest
  @ValueSource(strings = {"stream", "thread"})
  default void a_stream_that_nobody_reads_keeps_no_worker_past_its_time(String way)
      throws Exception {
    Assumptions.assumeTrue(seesSockets(), "a filter cannot cut a line");
    HttpClient client = client();
    HttpRequest flood = play("/play/stop/chat", StuckContract.FLOOD, way, 8_000, 0).build();
    long start = System.nanoTime();
    InputStream unread = client.send(flood, BodyHandlers.ofInputStream()).body();
    CompletableFuture<HttpResponse<String>> neighbour =
        client.sendAsync(lasting(way, 1_500), BodyHandlers.ofString());
    List<InputStream> running = running(client(), "stream", 5_000);
    assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start))
        .isLessThan(StuckContract.MOST_MILLIS);
    reset(running);
    assertThat(neighbour.get(20, TimeUnit.SECONDS).body()).isEqualTo("data: {}\n\n".repeat(150));
    assertThatThrownBy(unread::readAllBytes).isInstanceOf(IOException.class);
  }

  /** Q2: who falls silent in a body that the guard reads, or the app. A client of the JDK hears of no answer until it has sent all. */
  @ParameterizedTest
  @CsvSource({"/dashscope/x, 408", "/play/stop/chat, 504"})
  default void a_stream_that_falls_silent_keeps_no_worker_past_its_time(String path, int status)
      throws Exception {
    Assumptions.assumeTrue(seesSockets(), "a filter cannot end a read");
    String test = "silent-stream-" + status;
    HttpRequest silent =
        play(path, "stream", 1, 1)
            .header("X-Reads", "yes")
            .header("X-Test", test)
            .POST(BodyPublishers.fromPublisher(Http2Contract::thatFallsSilent, 1_000))
            .build();
    HttpClient client = client();
    CompletableFuture<HttpResponse<String>> answer =
        client.sendAsync(silent, BodyHandlers.ofString());
    String logged = "access: " + status + " " + path + " " + test;
    assertThat(queueServer().outputWith(logged)).contains(logged);
    answer.cancel(true);
  }

  private static void thatFallsSilent(Flow.Subscriber<? super ByteBuffer> sender) {
    sender.onSubscribe(
        new Flow.Subscription() {
          private boolean begun;

          @Override
          public void request(long pieces) {
            if (!begun) {
              begun = true;
              sender.onNext(ByteBuffer.wrap("{\"model\":".getBytes(StandardCharsets.UTF_8)));
            }
          }

          @Override
          public void cancel() {}
        });
  }

  /** Q2: a call's time ends its stream, and not the connection. */
  @ParameterizedTest
  @ValueSource(strings = {"stream", "thread"})
  default void a_stream_whose_time_is_over_leaves_its_neighbours_alone(String way)
      throws Exception {
    HttpClient client = client();
    HttpRequest late = play("/play/stop/chat", way, 2, 1_500).header("X-Unflushed", "yes").build();
    CompletableFuture<HttpResponse<String>> answer =
        client.sendAsync(late, BodyHandlers.ofString());
    HttpResponse<String> neighbour = client.send(lasting(way, 2_000), BodyHandlers.ofString());
    assertThat(neighbour.statusCode()).isEqualTo(200);
    assertThat(neighbour.body()).isEqualTo("data: {}\n\n".repeat(200));
    HttpResponse<String> timedOut = answer.get(20, TimeUnit.SECONDS);
    assertThat(timedOut.statusCode()).isEqualTo(504);
    assertThat(timedOut.body()).contains("ModelArts.81110");
    assertThat(timedOut.version()).isEqualTo(HttpClient.Version.HTTP_2);
  }
}
