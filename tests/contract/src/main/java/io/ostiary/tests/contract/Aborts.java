package io.ostiary.tests.contract;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/**
 * Clients that go away: in the middle of the head, of the body, of the wait or of the answer; by a reset, by hanging up, by
 * ending their half, or by reading no more. The calls take all the ways that servlets have, and some apps forget to complete
 * them.
 */
final class Aborts {

  private static final int CLIENTS = 6;
  private static final String EVENT =
      "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"}}]}\n\n";

  /** More than the buffers between an app and a client that does not read. */
  private static final String FLOOD = "data: " + "x".repeat(4_000) + "\n\n";

  /** Of so many, one stays and reads nothing, where the guard ends that. */
  private static final int ONE_STAYS_OF = 200;

  private static final List<String> WAYS =
      List.of("stream", "writer", "thread", "thread-writer", "listener");

  private final int port;
  private final boolean someStay;
  private final Queue<Wire> staying = new ConcurrentLinkedQueue<>();

  /**
   * Clients of one server.
   *
   * @param someStay whether some stop reading, and leave only when all others have: what they hold must be free before
   */
  Aborts(int port, boolean someStay) {
    this.port = port;
    this.someStay = someStay;
  }

  /** Aborts so many calls; when this returns none of their connections is left, but those of clients that stay. */
  void run(int calls) throws InterruptedException, ExecutionException {
    AtomicInteger left = new AtomicInteger(calls);
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        all.add(
            clients.submit(
                () -> {
                  RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
                  while (left.decrementAndGet() >= 0) {
                    abort(random);
                  }
                  return null;
                }));
      }
      for (Future<?> each : all) {
        each.get();
      }
    } finally {
      clients.shutdownNow();
    }
  }

  /** How many have stayed, and read nothing. */
  int staying() {
    return staying.size();
  }

  /** Those who stayed leave. */
  void leave() throws IOException {
    for (Wire wire = staying.poll(); wire != null; wire = staying.poll()) {
      wire.close();
    }
  }

  private void stay(RandomGenerator random) throws IOException {
    String way = WAYS.get(random.nextInt(WAYS.size()));
    Ask ask = Ask.play("/play/stop/chat", "other", FLOOD).header("X-Via", way);
    staying.add(new Wire(port).send(ask.header("X-Times", 4_000).bytes()));
  }

  private void abort(RandomGenerator random) throws IOException {
    if (someStay && random.nextInt(ONE_STAYS_OF) == 0) {
      stay(random);
      return;
    }
    byte[] bytes = call(random).bytes();
    int sent = random.nextInt(4) == 0 ? random.nextInt(bytes.length) : bytes.length;
    Wire wire = new Wire(port);
    try {
      wire.send(Arrays.copyOf(bytes, sent));
      if (random.nextInt(3) > 0) {
        LockSupport.parkNanos(random.nextInt(20_000_000));
      }
      if (random.nextInt(4) == 0) {
        wire.endOutput();
        LockSupport.parkNanos(random.nextInt(5_000_000));
      }
    } catch (IOException refusedAndClosed) {
      // It has been quicker than this.
    }
    if (random.nextBoolean()) {
      wire.breakOff();
    } else {
      wire.close();
    }
  }

  private static Ask call(RandomGenerator random) {
    String way = WAYS.get(random.nextInt(WAYS.size()));
    boolean floods = random.nextInt(5) == 0;
    Ask ask =
        Ask.play("/play/chat", random.nextBoolean() ? "acme" : "other", floods ? FLOOD : EVENT)
            .header("X-Via", way)
            .header("X-Times", floods ? 4_000 : 1 + random.nextInt(40))
            .header("X-Pause", floods ? 0 : random.nextInt(2_000));
    boolean forgets = way.startsWith("thread") && random.nextInt(4) == 0;
    return forgets && floods ? ask.header("X-Then", "never") : ask;
  }
}
