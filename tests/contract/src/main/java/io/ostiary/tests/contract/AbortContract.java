package io.ostiary.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** R11: clients that go at any moment, in any way, leave nothing behind. */
interface AbortContract extends Guarded {

  /** As many calls are aborted, unless a server is asked for more; {@code -Dostiary.aborts=10000} for ten thousand everywhere. */
  int ABORTS = Integer.getInteger("ostiary.aborts", 1_000);

  /** How long it may take until all workers are free again on a loaded machine. One that is lost is never free, whatever this is. */
  long MOST_MILLIS = Long.getLong("ostiary.aborts.millis", 5_000);

  /** How long it may take by the letter. */
  long LETTER_MILLIS = 100;

  /** How many storms may be tried for that, the first among them: the machine has other things to do. */
  int STORMS = 10;

  int WORKERS = 3;

  ServerProcess queueServer() throws IOException;

  /** How many calls are aborted; ten thousand take half a minute. */
  default int aborts() {
    return ABORTS;
  }

  /** Whether the guard has the lines to clients in its hand, to cut them; a filter has not. */
  boolean seesSockets();

  /** R11: within 100 ms once at least; if not after the whole storm, then after one of 50 calls. */
  @Test
  default void calls_that_are_aborted_at_any_moment_leave_nothing_behind() throws Exception {
    ServerProcess server = queueServer();
    Aborts aborts = new Aborts(server.port(), seesSockets());
    aborts.run(aborts() / 4);
    millisUntilAllWorkersAreFree(server);
    Inside before = Inside.of(this, server);

    aborts.run(aborts());
    long millis = millisUntilAllWorkersAreFree(server);
    long best = bestMillis(server, millis);
    Inside after = Inside.of(this, server);
    int staying = aborts.staying();
    aborts.leave();
    long untold = server.output().lines().filter(line -> line.contains("LAST MOMENT")).count();
    System.out.println(
        aborts()
            + " aborts, "
            + staying
            + " read no more, free after "
            + millis
            + " ms, "
            + before
            + " "
            + after
            + " "
            + untold);

    assertThat(millis).as("until all workers are free").isLessThan(MOST_MILLIS);
    assertThat(best).as("until all workers are free, at best").isLessThan(LETTER_MILLIS);
    assertThat(after.playing()).as("threads in the app").isZero();
    assertThat(after.waiting()).as("calls in the line").isZero();
    assertThat(after.liveKiB()).as("live heap").isLessThan(before.liveKiB() + 8_192);
  }

  private long bestMillis(ServerProcess server, long first) throws Exception {
    long best = first;
    Aborts aborts = new Aborts(server.port(), false);
    for (int storm = 1; storm < STORMS && best >= LETTER_MILLIS; storm++) {
      aborts.run(50);
      long millis = millisUntilAllWorkersAreFree(server);
      assertThat(millis).as("until all workers are free").isLessThan(MOST_MILLIS);
      best = Math.min(best, millis);
    }
    return best;
  }

  /**
   * How long it takes until as many calls run at one time as there are workers; and none more do. Each says when it begins to
   * run, and runs on for longer than anybody here has patience, so that none of them makes room for another.
   */
  private long millisUntilAllWorkersAreFree(ServerProcess server) throws IOException {
    long start = System.nanoTime();
    List<Wire> running = new ArrayList<>();
    for (int i = 0; i < WORKERS; i++) {
      running.add(begun(server));
    }
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    try (Wire oneMore = new Wire(server.port())) {
      oneMore.send(lasting().bytes());
      if (oneMore.hears(50) && oneMore.head().status() == 200) {
        // On Tomcat, without a guard too, a client that goes can take a later call's connection
        // with it.
        assertThat(running).as("calls that run beside one more").anyMatch(wire -> !isServed(wire));
      }
    }
    for (Wire wire : running) {
      wire.breakOff();
    }
    return millis;
  }

  private static boolean isServed(Wire wire) {
    try {
      for (int i = 0; i < 100; i++) {
        if (!wire.hears(500)) {
          return false;
        }
        wire.chunk();
      }
      return true;
    } catch (IOException brokenOff) {
      return false;
    }
  }

  /** A call that has begun to run. While the line is full of calls that were aborted it is refused, and tried again. */
  private Wire begun(ServerProcess server) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (System.nanoTime() - end < 0) {
      Wire wire = new Wire(server.port());
      try {
        wire.send(lasting().bytes());
        int status = wire.head().status();
        if (status == 200) {
          return wire;
        }
        assertThat(status).isEqualTo(450);
      } catch (IOException brokenOff) {
        // As above.
      }
      wire.close();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
    throw new IOException("there is still no worker");
  }

  private static Ask lasting() {
    return Ask.play("/play/chat", "acme", "data: {}\n\n")
        .header("X-Head-First", "yes")
        .header("X-Times", 60_000)
        .header("X-Pause", 2_000);
  }

  /** What the server's JVM is at. */
  record Inside(long liveKiB, long threads, long playing, long waiting) {

    static Inside of(Guarded guarded, ServerProcess server) throws IOException {
      Inside inside = now(guarded, server);
      // The calls of the check itself may not have noticed yet that nobody listens.
      for (int i = 0; i < 500 && inside.playing + inside.waiting > 0; i++) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        inside = now(guarded, server);
      }
      return inside;
    }

    private static Inside now(Guarded guarded, ServerProcess server) throws IOException {
      String[] told = guarded.ask(server, Ask.get("/open/inside")).text().split(" ", -1);
      return new Inside(
          Long.parseLong(told[0]),
          Long.parseLong(told[1]),
          Long.parseLong(told[2]),
          Long.parseLong(told[3]));
    }
  }
}
