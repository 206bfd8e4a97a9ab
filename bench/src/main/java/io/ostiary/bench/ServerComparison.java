package io.ostiary.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * One Jetty without a guard and one under the agent, side by side: throughput with every connection busy, and how long answers
 * take at a steady rate. Rounds alternate, so that what else the machine does meets both; of each the median is told, and the
 * ratio of the medians.
 */
public final class ServerComparison {

  private static final int CONNECTIONS = 8;
  private static final int KEYS = 10_000;
  private static final long STEADY_RATE = 2_000;
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final Path agent;
  private final int rounds;
  private final long roundNanos;

  private ServerComparison(Path agent, int rounds, int seconds) {
    this.agent = agent;
    this.rounds = rounds;
    this.roundNanos = seconds * SECOND;
  }

  /** Arguments: the agent's jar, how many rounds (8 if left out), and how long each is, in seconds (3). */
  public static void main(String[] args) throws Exception {
    if (args.length == 0 || !Files.isRegularFile(Path.of(args[0]))) {
      System.err.println("expected: AGENT_JAR [ROUNDS [SECONDS]]");
      System.exit(2);
    }
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 8;
    int seconds = args.length > 2 ? Integer.parseInt(args[2]) : 3;
    new ServerComparison(Path.of(args[0]), rounds, seconds).compare();
  }

  private void compare() throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(CONNECTIONS);
    try (Target plain = new Target("unguarded", List.of());
        Target guarded =
            new Target("guarded", List.of("-javaagent:" + agent + "=" + Chat.policy(KEYS)))) {
      warmUp(clients, plain, guarded);
      System.out.println("every connection busy:");
      tell(clients, plain, guarded, 0);
      System.out.printf(Locale.ROOT, "at %d calls a second:%n", STEADY_RATE);
      tell(clients, plain, guarded, CONNECTIONS * SECOND / STEADY_RATE);
    } finally {
      clients.shutdownNow();
    }
  }

  private void warmUp(ExecutorService clients, Target plain, Target guarded) throws Exception {
    for (int i = 0; i < 3; i++) {
      plain.run(clients, 2 * roundNanos, 0);
      guarded.run(clients, 2 * roundNanos, 0);
    }
  }

  private void tell(ExecutorService clients, Target plain, Target guarded, long interval)
      throws Exception {
    List<Round> without = new ArrayList<>();
    List<Round> with = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      boolean plainFirst = i % 2 == 0;
      Target first = plainFirst ? plain : guarded;
      Target second = plainFirst ? guarded : plain;
      (plainFirst ? without : with).add(first.run(clients, roundNanos, interval));
      (plainFirst ? with : without).add(second.run(clients, roundNanos, interval));
    }
    Round one = Round.median(without);
    Round other = Round.median(with);
    System.out.println(plain.name + ": " + one);
    System.out.println(guarded.name + ": " + other);
    System.out.printf(
        Locale.ROOT,
        "guarded ÷ unguarded: %.3f of the calls; p50 %+.0f µs, p99 %+.0f µs%n",
        other.perSecond / one.perSecond,
        (other.median - one.median) / 1e3,
        (other.p99 - one.p99) / 1e3);
  }

  /** What one round came to; times in nanoseconds. */
  private record Round(double perSecond, double median, double p99) {

    static Round of(long[] nanos, long took) {
      Arrays.sort(nanos);
      return new Round(
          nanos.length * (double) SECOND / took,
          nanos[nanos.length / 2],
          nanos[nanos.length * 99 / 100]);
    }

    static Round median(List<Round> rounds) {
      return new Round(
          middle(rounds.stream().mapToDouble(Round::perSecond).toArray()),
          middle(rounds.stream().mapToDouble(Round::median).toArray()),
          middle(rounds.stream().mapToDouble(Round::p99).toArray()));
    }

    private static double middle(double[] values) {
      Arrays.sort(values);
      return (values[(values.length - 1) / 2] + values[values.length / 2]) / 2;
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%.0f calls a second, p50 %.0f µs, p99 %.0f µs",
          perSecond,
          median / 1e3,
          p99 / 1e3);
    }
  }

  /** A server in a JVM of its own, and the clients connected to it. */
  private static final class Target implements AutoCloseable {

    private final String name;
    private final Process process;
    private final List<Load> clients = new ArrayList<>();

    Target(String name, List<String> flags) throws IOException {
      this.name = name;
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.add("-Xmx512m");
      command.addAll(flags);
      command.addAll(
          List.of("-cp", System.getProperty("java.class.path"), ChatServer.class.getName()));
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
      int port = port();
      for (int i = 0; i < CONNECTIONS; i++) {
        clients.add(new Load(port));
      }
    }

    private int port() throws IOException {
      BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(ChatServer.READY)) {
          return Integer.parseInt(line.substring(ChatServer.READY.length()));
        }
        System.err.println(name + ": " + line);
      }
      throw new IOException("the server " + name + " did not start");
    }

    Round run(ExecutorService threads, long nanos, long interval) throws Exception {
      long from = System.nanoTime();
      List<Callable<Load>> work = new ArrayList<>();
      for (Load client : clients) {
        work.add(
            () -> {
              client.run(from + nanos, interval);
              return client;
            });
      }
      long[] all = new long[0];
      for (Future<Load> done : threads.invokeAll(work)) {
        long[] more = done.get().nanos();
        all = Arrays.copyOf(all, all.length + more.length);
        System.arraycopy(more, 0, all, all.length - more.length, more.length);
      }
      return Round.of(all, System.nanoTime() - from);
    }

    @Override
    public void close() throws IOException {
      for (Load client : clients) {
        client.close();
      }
      process.destroy();
    }
  }
}
