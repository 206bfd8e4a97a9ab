package io.ostiary.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A server with several connectors, {@code -Dapp.connectors}, which it stops one after another. */
public abstract class ConnectorsContract {

  private static final int PATIENCE_MILLIS = 1_500;

  private final String mainClass;

  protected ConnectorsContract(String mainClass) {
    this.mainClass = mainClass;
  }

  @Test
  void a_stop_waits_once_and_not_once_for_each_connector() throws IOException {
    long ofOne = millisToRestart(1);
    long ofFour = millisToRestart(4);

    assertThat(ofOne).isGreaterThanOrEqualTo(PATIENCE_MILLIS);
    assertThat(ofFour - ofOne).isLessThan(2 * PATIENCE_MILLIS);
  }

  /** While a call runs that does not end by itself. */
  private long millisToRestart(int connectors) throws IOException {
    try (ServerProcess server =
            ServerProcess.start(
                null,
                Installation.ofAgent(mainClass),
                "queue.properties",
                "-Dapp.connectors=" + connectors,
                "-Dostiary.service.drain=" + PATIENCE_MILLIS + "ms");
        Wire wire = new Wire(server.port())) {
      Ask ask = Ask.play("/play/chat", "acme", "data: {}\n\n");
      wire.send(ask.header("X-Times", 1_000_000).header("X-Pause", 20_000).bytes());
      assertThat(wire.head().status()).isEqualTo(200);
      long start = System.nanoTime();
      server.restart();
      return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }
  }
}
