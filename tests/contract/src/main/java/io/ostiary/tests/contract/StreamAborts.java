package io.ostiary.tests.contract;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/** HTTP/2 streams that are reset: while their call waits, while it thinks, or in the middle of its answer. */
final class StreamAborts {

  private static final int CLIENTS = 4;

  /** Tomcat closes a connection on which much is reset. */
  private static final int STREAMS_PER_CONNECTION = 25;

  private static final List<String> WAYS =
      List.of("stream", "writer", "thread", "thread-writer", "listener");

  private final int port;

  StreamAborts(int port) {
    this.port = port;
  }

  /** Aborts so many calls. */
  void run(int calls) throws Exception {
    AtomicInteger left = new AtomicInteger(calls);
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    ExecutorService hands = Executors.newCachedThreadPool();
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        all.add(
            clients.submit(
                () -> {
                  RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
                  while (left.get() > 0) {
                    abortSome(left, random, hands);
                  }
                  return null;
                }));
      }
      for (Future<?> each : all) {
        each.get();
      }
    } finally {
      clients.shutdownNow();
      hands.shutdownNow();
    }
  }

  private void abortSome(AtomicInteger left, RandomGenerator random, ExecutorService hands)
      throws InterruptedException {
    HttpClient client =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).executor(hands).build();
    try {
      HttpRequest first = HttpRequest.newBuilder(uri("/open/hits?test=none")).build();
      client.send(first, BodyHandlers.discarding());
      for (int i = 0; i < STREAMS_PER_CONNECTION && left.decrementAndGet() >= 0; i++) {
        abort(client, random);
      }
    } catch (IOException closed) {
      // The server has had enough of this connection.
    }
  }

  private void abort(HttpClient client, RandomGenerator random) throws IOException {
    CompletableFuture<HttpResponse<InputStream>> call =
        client.sendAsync(request(random), BodyHandlers.ofInputStream());
    LockSupport.parkNanos(random.nextInt(20_000_000));
    if (call.isDone() && !call.isCompletedExceptionally()) {
      call.join().body().close();
    } else {
      call.cancel(true);
    }
  }

  private HttpRequest request(RandomGenerator random) {
    byte[] event = "data: {}\n\n".getBytes(StandardCharsets.UTF_8);
    return HttpRequest.newBuilder(uri("/play/chat"))
        .header("Authorization", "Bearer " + Keys.secretOf("acme"))
        .header("X-Play", Base64.getEncoder().encodeToString(event))
        .header("X-Via", WAYS.get(random.nextInt(WAYS.size())))
        .header("X-Times", Integer.toString(1 + random.nextInt(40)))
        .header("X-Pause", Integer.toString(random.nextInt(2_000)))
        .POST(BodyPublishers.ofString("{\"model\":\"qwen-max\"}"))
        .build();
  }

  private URI uri(String path) {
    return URI.create("http://localhost:" + port + path);
  }
}
