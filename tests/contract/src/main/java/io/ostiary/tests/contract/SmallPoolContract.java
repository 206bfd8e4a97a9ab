package io.ostiary.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Pitfall 55, on a server that has few threads, {@code -Dapp.threads}: two calls run at one time and six wait at most. */
public abstract class SmallPoolContract {

  private static final int THREADS = 12;
  private static final int CALLS = 30;

  private final Installation installation;

  protected SmallPoolContract(Installation installation) {
    this.installation = installation;
  }

  /** Those who wait never take all of the threads, however many come: who needs no worker is answered, and the others at once. */
  @Test
  void a_full_line_leaves_a_thread_for_calls_that_need_no_worker() throws IOException {
    try (ServerProcess server =
        ServerProcess.start(
            null,
            installation,
            "small.properties",
            "-Dapp.threads=" + THREADS,
            "-Dostiary.service.threads=" + THREADS)) {
      List<Wire> wires = new ArrayList<>();
      for (int i = 0; i < CALLS; i++) {
        wires.add(sent(server));
      }
      int refused = awaitRefusals(wires);
      long start = System.nanoTime();
      for (int i = 0; i < 20; i++) {
        assertThat(status(server)).isEqualTo(200);
      }
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start) / 20;

      assertThat(millis).as("ms for a call that needs no worker").isLessThan(500);
      assertThat(CALLS - refused).as("calls that run or wait").isBetween(3, THREADS - 1);
      for (Wire wire : wires) {
        wire.breakOff();
      }
    }
  }

  /** Runs until its client goes. */
  private static Wire sent(ServerProcess server) throws IOException {
    Wire wire = new Wire(server.port());
    Ask ask = Ask.play("/play/chat", "acme", "data: {}\n\n");
    return wire.send(ask.header("X-Times", 1_000_000).header("X-Pause", 20_000).bytes());
  }

  private static int status(ServerProcess server) throws IOException {
    try (Wire wire = new Wire(server.port())) {
      return wire.send(Ask.get("/open/hits?test=none").bytes()).answer().status();
    }
  }

  /** Waits until whoever is not answered either runs or waits. */
  private static int awaitRefusals(List<Wire> wires) throws IOException {
    int refused = 0;
    for (Wire wire : wires) {
      if (wire.hears(700)) {
        refused += wire.head().status() == 450 ? 1 : 0;
      }
    }
    return refused;
  }
}
