package io.ostiary.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Pitfall 54: a server whose calls have virtual threads, under {@code -Dapp.virtual=true}. Left out
 * where there is no {@link Jdk25}.
 */
public abstract class VirtualThreadsContract {

  private static final int WAITERS = 5_000;

  private final String mainClass;

  protected VirtualThreadsContract(String mainClass) {
    this.mainClass = mainClass;
  }

  /** Pitfall 54: five thousand wait at one time, all come to run, and no thread of the machine is held by ours meanwhile. */
  @Test
  void five_thousand_calls_wait_without_a_thread_each(@TempDir Path folder) throws Exception {
    Path jdk = Jdk25.home();
    Path recording = folder.resolve("pinned.jfr");
    List<Wire> wires = new ArrayList<>();
    try (ServerProcess server =
        ServerProcess.start(
            jdk,
            Installation.ofAgent(mainClass),
            "virtual.properties",
            "-Dapp.virtual=true",
            "-Xmx1g",
            "-XX:StartFlightRecording:filename=" + recording)) {
      for (int i = 0; i < 3; i++) {
        wires.add(sent(server, 10_000_000));
        assertThat(wires.get(i).hears(20_000)).as("a call that runs").isTrue();
      }
      for (int i = 0; i < WAITERS; i++) {
        wires.add(sent(server, 1));
      }
      awaitFullLine(server);
      for (int i = 0; i < 3; i++) {
        wires.get(i).breakOff();
      }
      for (Wire wire : wires.subList(3, wires.size())) {
        assertThat(wire.answerTo("POST").status()).isEqualTo(200);
        wire.close();
      }
      server.exit();
      server.awaitEnd();
    }
    for (String event : pinned(jdk, recording).split("(?m)^(?=jdk\\.)", -1)) {
      // Whoever loads a class is pinned until it is there.
      if (!event.contains("java.lang.ClassLoader.loadClass")) {
        assertThat(event).doesNotContain("io.ostiary.core", "io.ostiary.servlet");
      }
    }
  }

  private static Wire sent(ServerProcess server, int times) throws IOException {
    Wire wire = new Wire(server.port());
    Ask ask = Ask.play("/play/chat", "acme", "data: {}\n\n");
    // Nobody reads meanwhile: what is written must not fill the buffers, or the write times out.
    wire.send(ask.header("X-Times", times).header("X-Pause", times == 1 ? 100 : 20_000).bytes());
    return wire;
  }

  /** There is room for a hundred more; when twenty beyond that are refused, or a minute is over, all of the others have arrived. */
  private static void awaitFullLine(ServerProcess server) throws IOException {
    List<Wire> more = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      more.add(sent(server, 1));
    }
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    int refused = 0;
    while (refused < 20 && System.nanoTime() - end < 0) {
      refused = 0;
      for (Wire wire : more) {
        refused += wire.hears(1) ? 1 : 0;
      }
    }
    assertThat(refused).as("calls that found the line full").isPositive();
    for (Wire wire : more) {
      if (wire.hears(1)) {
        assertThat(wire.head().status()).isEqualTo(450);
      }
      wire.close();
    }
  }

  private static String pinned(Path jdk, Path recording) throws IOException, InterruptedException {
    Process jfr =
        new ProcessBuilder(
                jdk.resolve("bin/jfr").toString(),
                "print",
                "--events",
                "jdk.VirtualThreadPinned",
                "--stack-depth",
                "64",
                recording.toString())
            .redirectErrorStream(true)
            .start();
    String told = new String(jfr.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(jfr.waitFor()).as(told).isZero();
    return told;
  }
}
