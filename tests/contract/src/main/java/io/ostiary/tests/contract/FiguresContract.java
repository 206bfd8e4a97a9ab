package io.ostiary.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an operator reads of a guard while it runs; three calls run at one time and four wait. */
interface FiguresContract extends Guarded {

  ServerProcess queueServer() throws IOException;

  /** Q3: a client that goes is 499 in the metrics too; so are those who run, those who wait, and who found no place. */
  @Test
  default void figures_tell_who_runs_and_waits_who_was_refused_and_who_has_gone()
      throws IOException {
    Figures figures = new Figures(queueServer());
    Map<String, String> before = figures.onceThere();
    // Whatever other tests have left behind.
    figures.await("Running", 0);
    long full = Long.parseLong(before.get("Refused.QUEUE_FULL"));
    long gone = Long.parseLong(figures.now().get("ClientsGone"));
    List<Wire> wires = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      wires.add(endless());
    }
    figures.await("Running", 3);
    for (int i = 0; i < 4; i++) {
      wires.add(endless());
    }
    figures.await("Waiting", 4);
    try (Wire oneMore = endless()) {
      assertThat(oneMore.answerTo("POST").status()).isEqualTo(450);
    }
    Map<String, String> busy = figures.now();
    for (Wire wire : wires) {
      wire.breakOff();
    }
    figures.awaitAtLeast("ClientsGone", gone + 3);
    figures.await("Running", 0);

    assertThat(busy)
        .containsEntry("Mode", "enforce")
        .containsEntry("Workers", "3")
        .containsEntry("Queue", "4")
        .containsEntry("Refused.QUEUE_FULL", Long.toString(full + 1))
        .containsEntry("Observed.QUEUE_FULL", "0");
    assertThat(busy.keySet().stream().filter(name -> name.startsWith("io.ostiary:"))).hasSize(1);
  }

  /** A call that is at work for as long as somebody listens. */
  private Wire endless() throws IOException {
    Ask ask = Ask.play("/play/chat", "acme", "data: {}\n\n");
    return new Wire(queueServer().port())
        .send(ask.header("X-Times", 60_000).header("X-Pause", 2_000).bytes());
  }
}
