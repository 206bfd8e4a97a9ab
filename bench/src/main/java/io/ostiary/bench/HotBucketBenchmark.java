package io.ostiary.bench;

import io.ostiary.core.Call;
import io.ostiary.core.Decision;
import io.ostiary.core.Guard;
import io.ostiary.core.Outcome;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** Decides calls of one key on one limit, 64 threads at once: key, address, route, one bucket, headers; no body. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@State(Scope.Benchmark)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@Threads(64)
public class HotBucketBenchmark {

  private static final String POLICY =
      """
      route.hot.paths = /v1/hot
      route.hot.dialect = openai
      key.bench.sha256 = %s
      key.bench.ips = 127.0.0.0/8
      key.bench.limits = qps 1000M
      """
          .formatted(ByHand.sha256(Chat.SECRET));

  private final Call call = new ChatCall("/v1/hot", 0);
  private @Nullable Guard guard;

  @Setup(Level.Trial)
  public void open() throws Exception {
    guard = Guard.open(Chat.write(POLICY), new SilentLog());
  }

  @TearDown(Level.Trial)
  public void close() {
    if (guard != null) {
      guard.close();
    }
  }

  @Benchmark
  public Decision decide() {
    Guard guard = this.guard;
    if (guard == null || !(guard.arrive(call) instanceof Decision.Proceed proceed)) {
      throw new IllegalStateException("refused at the door");
    }
    Decision decision = guard.enter(proceed.arrival(), call, InputStream::nullInputStream);
    if (!(decision instanceof Decision.Admit admitted)) {
      throw new IllegalStateException("refused: " + decision);
    }
    admitted.lease().close(Outcome.COMPLETED);
    return decision;
  }
}
