package io.ostiary.bench;

import io.ostiary.core.Call;
import io.ostiary.core.Decision;
import io.ostiary.core.Guard;
import io.ostiary.core.Header;
import io.ostiary.core.Outcome;
import java.io.ByteArrayInputStream;
import java.io.IOException;
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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Admits and settles a 1 KB chat call: key, address, model, QPS, RPM, TPM, UTF-8 and headers, with an answer that names its
 * tokens.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class AdmitBenchmark {

  /** How the body comes: as a container's stream, or as an array that both sides may take whole. */
  @Param({"container", "array"})
  public String stream = "container";

  private final ByHand byHand = new ByHand(Chat.SECRET);
  private final Call call = new ChatCall(Chat.PATH, Chat.REQUEST.length);
  private @Nullable Guard guard;

  @Setup(Level.Trial)
  public void open() throws Exception {
    guard = Guard.open(Chat.policy(), new SilentLog());
  }

  @TearDown(Level.Trial)
  public void close() {
    if (guard != null) {
      guard.close();
    }
  }

  @Benchmark
  public long ostiary(Blackhole response) {
    Guard guard = this.guard;
    if (guard == null || !(guard.arrive(call) instanceof Decision.Proceed proceed)) {
      throw new IllegalStateException("refused at the door");
    }
    Decision decision = guard.enter(proceed.arrival(), call, this::body);
    if (!(decision instanceof Decision.Admit admitted) || admitted.body() == null) {
      throw new IllegalStateException("refused: " + decision);
    }
    for (Header header : admitted.headers()) {
      response.consume(header.name());
      response.consume(header.value());
    }
    response.consume(admitted.body().stream());
    admitted.lease().answer(200, "application/json", null);
    admitted.lease().meter(Chat.ANSWER, 0, Chat.ANSWER.length);
    admitted.lease().close(Outcome.COMPLETED);
    return admitted.body().length();
  }

  @Benchmark
  public long byHand(Blackhole response) throws IOException {
    long charged =
        byHand.serve(
            Chat.PATH,
            "Bearer " + Chat.SECRET,
            "127.0.0.1",
            "application/json",
            body(),
            Chat.ANSWER,
            response);
    if (charged < 0) {
      throw new IllegalStateException("refused");
    }
    return charged;
  }

  private InputStream body() {
    return stream.equals("array")
        ? new ByteArrayInputStream(Chat.REQUEST)
        : new UploadStream(Chat.REQUEST);
  }
}
