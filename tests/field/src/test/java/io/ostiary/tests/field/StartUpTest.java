package io.ostiary.tests.field;

import static org.assertj.core.api.Assertions.assertThat;

import io.ostiary.tests.contract.Installation;
import io.ostiary.tests.contract.PolicyFile;
import io.ostiary.tests.contract.ServerProcess;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the agent adds to the start of an embedded server, side by side with OpenTelemetry's; with {@code -Pmatrix} alone. The best of
 * several starts counts, and the processor's time rather than the clock's, since the machine may have other things to do.
 */
class StartUpTest {

  private static final Path TARGET = Path.of(System.getProperty("servers")).getParent();
  private static final Path OTHER = TARGET.resolve("agents/opentelemetry-javaagent.jar");
  private static final int ROUNDS = 5;

  /** P3, and issue 7's seventh: less than a third of what the other adds. */
  @ParameterizedTest
  @ValueSource(strings = {"tomcat-11.0.25", "jetty-12.1.12-ee11"})
  void the_agent_adds_little_to_the_start_of_a_server(String name) throws IOException {
    Assumptions.assumeTrue(Files.exists(OTHER), "only with -Pmatrix");
    Path policy = PolicyFile.write(PolicyFile.class, "contract.properties");
    List<List<String>> ways =
        List.of(
            List.of(),
            List.of("-javaagent:" + Installation.builtAgent() + "=" + policy),
            List.of(
                "-javaagent:" + OTHER,
                "-Dotel.traces.exporter=none",
                "-Dotel.metrics.exporter=none",
                "-Dotel.logs.exporter=none"));
    List<Start> best = new ArrayList<>(ways.stream().map(way -> Start.NEVER).toList());
    for (int round = 0; round < ROUNDS; round++) {
      for (int way = 0; way < ways.size(); way++) {
        best.set(way, best.get(way).orBetter(start(name, ways.get(way))));
      }
    }
    Duration ours = best.get(1).processor().minus(best.get(0).processor());
    Duration others = best.get(2).processor().minus(best.get(0).processor());
    System.out.printf(
        Locale.ROOT,
        "Start of %s, best of %d: alone %s, with the agent %s, with OpenTelemetry's %s; added %d ms of %d ms%n",
        name,
        ROUNDS,
        best.get(0),
        best.get(1),
        best.get(2),
        ours.toMillis(),
        others.toMillis());

    assertThat(ours).isLessThan(others.dividedBy(3));
  }

  private static Start start(String name, List<String> options) throws IOException {
    Path server = TARGET.resolve("servers/newest").resolve(name);
    List<String> command = new ArrayList<>(options);
    String classPath =
        server.resolve("classes") + File.pathSeparator + server.resolve("lib") + "/*";
    command.addAll(List.of("-cp", classPath, Files.readString(server.resolve("main.txt")).strip()));
    command.addAll(List.of("none", "0"));
    long begin = System.nanoTime();
    try (ServerProcess started =
        ServerProcess.startOn(Path.of(System.getProperty("java.home")), command)) {
      Duration clock = Duration.ofNanos(System.nanoTime() - begin);
      Duration processor =
          ProcessHandle.of(started.pid()).orElseThrow().info().totalCpuDuration().orElse(clock);
      return new Start(processor, clock);
    }
  }

  /** How long a server took until it listened. */
  private record Start(Duration processor, Duration clock) {

    static final Start NEVER = new Start(Duration.ofDays(1), Duration.ofDays(1));

    Start orBetter(Start other) {
      return other.processor.compareTo(processor) < 0 ? other : this;
    }

    @Override
    public String toString() {
      return processor.toMillis() + " ms of processor in " + clock.toMillis() + " ms";
    }
  }
}
