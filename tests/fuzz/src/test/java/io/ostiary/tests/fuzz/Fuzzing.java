package io.ostiary.tests.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/**
 * Asks a server many things and says what went wrong, with the seed and the number that play it again: {@code
 * -Dostiary.fuzz.seed=SEED} ({@code random} for another each time; the same by default), and {@code -Dostiary.fuzz.only=NUMBER} for that case alone. How many cases there are is {@code
 * -Dostiary.fuzz.cases}.
 */
final class Fuzzing {

  private static final int THREADS = 2;
  private static final int ENOUGH = 5;

  private final FuzzedServer server;
  private final String what;
  private final Function<Dice, Case> grammar;
  private final Oracle oracle;
  private final long seed;
  private final long cases;
  private final long only;
  private final AtomicLong next = new AtomicLong();
  private final LongAdder served = new LongAdder();
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();

  Fuzzing(FuzzedServer server, String what, Function<Dice, Case> grammar, Oracle oracle) {
    this.server = server;
    this.what = what;
    this.grammar = grammar;
    this.oracle = oracle;
    String chosen = System.getProperty("ostiary.fuzz.seed", "1");
    this.seed = chosen.equals("random") ? System.nanoTime() : Long.parseLong(chosen);
    this.only = Long.getLong("ostiary.fuzz.only", -1);
    this.cases = only >= 0 ? only + 1 : Long.getLong("ostiary.fuzz.cases", 13_000);
    next.set(Math.max(0, only));
  }

  /** Asks all, and fails if anything was wrong, or if next to nothing reached the app. */
  void run() throws Exception {
    long began = System.nanoTime();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      all.add(
          threads.submit(
              () -> {
                ask();
                return null;
              }));
    }
    threads.shutdown();
    for (Future<?> one : all) {
      one.get();
    }
    System.out.printf(
        "%s, %s: -Dostiary.fuzz.seed=%d, %d cases, %d reached the app, %d ms%n",
        server.name(), what, seed, cases, served.sum(), (System.nanoTime() - began) / 1_000_000);
    assertThat(wrong).isEmpty();
    if (only < 0) {
      assertThat(served.sum()).as("calls that reached the app").isGreaterThan(cases / 20);
    }
  }

  private void ask() throws IOException {
    try (Connection connection = new Connection(server.port())) {
      for (long number = next.getAndIncrement();
          number < cases && wrong.size() < ENOUGH;
          number = next.getAndIncrement()) {
        ask(connection, number);
      }
    }
  }

  private void ask(Connection connection, long number) throws IOException {
    Case asked = grammar.apply(new Dice(seed, number));
    try {
      String found = wrong(connection, asked);
      if (found != null) {
        Case smallest = new Shrinking(smaller -> wrong(connection, smaller) != null).of(asked);
        wrong.add(
            "%s, -Dostiary.fuzz.seed=%d -Dostiary.fuzz.only=%d: %s%n  %s%n  at its smallest: %s %s%n"
                .formatted(
                    server.name(),
                    seed,
                    number,
                    found,
                    Printable.of(asked.wire()),
                    Printable.of(smallest.wire()),
                    wrong(connection, smallest)));
      }
    } catch (IOException | RuntimeException failure) {
      wrong.add(
          "%s, -Dostiary.fuzz.seed=%d -Dostiary.fuzz.only=%d: %s%n  %s%n"
              .formatted(server.name(), seed, number, failure, Printable.of(asked.wire())));
    }
  }

  private String wrong(Connection connection, Case asked) throws IOException {
    Connection.Answer answer = connection.ask(asked);
    if (!answer.fromApp()) {
      return null;
    }
    served.increment();
    if (oracle.wrong(asked, answer) == null) {
      return null;
    }
    // What went wrong must do so by itself, and not by what its connection had seen before.
    Connection.Answer alone = connection.askAnew(asked);
    return alone.fromApp() ? oracle.wrong(asked, alone) : null;
  }
}
