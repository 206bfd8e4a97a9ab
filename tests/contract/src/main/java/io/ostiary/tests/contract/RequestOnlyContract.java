package io.ostiary.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * A filter that is asked of a call's first dispatch alone, {@code -Dapp.dispatches=REQUEST}: three calls run at one time and four
 * wait. Not for Jetty 12, which tells nobody of such an end.
 */
public abstract class RequestOnlyContract {

  private final String mainClass;

  protected RequestOnlyContract(String mainClass) {
    this.mainClass = mainClass;
  }

  /** Pitfall 47: an {@code Error} in a dispatch that the filter does not see. */
  @Test
  void an_error_in_a_later_dispatch_frees_the_worker() throws IOException {
    try (ServerProcess server =
        ServerProcess.start(
            null,
            Installation.ofFilter(mainClass),
            "queue.properties",
            "-Dapp.dispatches=REQUEST")) {
      for (int i = 0; i < 8; i++) {
        try (Wire wire = new Wire(server.port())) {
          wire.send(lasting(1).header("X-Via", "cycles").header("X-Then", "fail").bytes());
          wire.isClosedByServer();
        }
      }
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
      List<Integer> statuses = sevenAtOnce(server);
      while (statuses.contains(450) && System.nanoTime() - end < 0) {
        statuses = sevenAtOnce(server);
      }
      assertThat(statuses).containsOnly(200);
    }
  }

  private static Ask lasting(int millis) {
    return Ask.play("/play/chat", "acme", "data: {}\n\n").header("X-Pause", millis * 1_000);
  }

  private static List<Integer> sevenAtOnce(ServerProcess server) throws IOException {
    List<Wire> wires = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      Wire wire = new Wire(server.port());
      wires.add(wire.send(lasting(40).bytes()));
    }
    List<Integer> statuses = new ArrayList<>();
    for (Wire wire : wires) {
      statuses.add(wire.answerTo("POST").status());
      wire.close();
    }
    return statuses;
  }
}
