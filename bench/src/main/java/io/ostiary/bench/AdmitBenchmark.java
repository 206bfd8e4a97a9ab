package io.ostiary.bench;

import io.ostiary.core.Body;
import io.ostiary.core.Call;
import io.ostiary.core.Decision;
import io.ostiary.core.Guard;
import io.ostiary.core.Log;
import io.ostiary.core.Outcome;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
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
import org.openjdk.jmh.annotations.Warmup;

/** Admits and settles a 1 KB chat call: key, address, model, QPS, RPM, TPM, with an answer that names its tokens. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class AdmitBenchmark {

  private static final String SECRET = "ost-bench-0123456789abcdefghijklmnopqrstuvwxyz";

  private static final byte[] REQUEST =
      ("{\"model\":\"qwen-max\",\"messages\":[{\"role\":\"system\",\"content\":\"You are a doorkeeper.\"},"
              + "{\"role\":\"user\",\"content\":\""
              + "门房看守着模型服务器,客人出示钥匙。The doorkeeper asks for a key. ".repeat(11)
              + "\"}],\"max_tokens\":256,\"temperature\":0.7}")
          .getBytes(StandardCharsets.UTF_8);

  private static final byte[] ANSWER =
      ("{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"model\":\"qwen-max\",\"choices\":[{\"index\":0,"
              + "\"message\":{\"role\":\"assistant\",\"content\":\""
              + "请出示钥匙。".repeat(20)
              + "\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":200,\"completion_tokens\":120,\"total_tokens\":320}}")
          .getBytes(StandardCharsets.UTF_8);

  private final ByHand byHand = new ByHand(SECRET);
  private final Call call = new Chat();
  private @Nullable Guard guard;
  private @Nullable Path policy;

  @Setup(Level.Trial)
  public void open() throws Exception {
    policy = Files.createTempFile("ostiary-bench", ".properties");
    Files.writeString(policy, POLICY, StandardCharsets.UTF_8);
    guard = Guard.open(policy, new Silent());
  }

  @TearDown(Level.Trial)
  public void close() throws IOException {
    if (guard != null) {
      guard.close();
    }
    if (policy != null) {
      Files.deleteIfExists(policy);
    }
  }

  @Benchmark
  public long ostiary() throws IOException {
    Guard guard = this.guard;
    if (guard == null || !(guard.arrive(call) instanceof Decision.Proceed proceed)) {
      throw new IllegalStateException("refused at the door");
    }
    Decision decision =
        guard.enter(proceed.arrival(), call, () -> new ByteArrayInputStream(REQUEST));
    if (!(decision instanceof Decision.Admit admitted)) {
      throw new IllegalStateException("refused: " + decision);
    }
    admitted.lease().answer(200, "application/json", null);
    admitted.lease().meter(ANSWER, 0, ANSWER.length);
    admitted.lease().close(Outcome.COMPLETED);
    Body body = admitted.body();
    return body == null ? 0 : body.length();
  }

  @Benchmark
  public long byHand() throws IOException {
    InputStream body = new ByteArrayInputStream(REQUEST);
    long charged = byHand.serve("Bearer " + SECRET, "127.0.0.1", body, ANSWER);
    if (charged < 0) {
      throw new IllegalStateException("refused");
    }
    return charged;
  }

  private static final String POLICY =
      """
      route.chat.paths = /v1/chat/completions
      route.chat.dialect = openai
      route.chat.model = body model
      models = qwen-max, qwen2.5-7b, deepseek-v3
      limits.large = qps 1000M, rpm 1000M, tpm 1000M
      key.bench.sha256 = %s
      key.bench.ips = 127.0.0.0/8, 203.0.113.0/24
      key.bench.models = qwen-max, qwen2.5-7b, deepseek-v3
      key.bench.limits = large
      """
          .formatted(ByHand.sha256(SECRET));

  private static final class Chat implements Call {

    private final List<String> authorization = List.of("Bearer " + SECRET);

    @Override
    public String method() {
      return "POST";
    }

    @Override
    public String rawPath() {
      return "/v1/chat/completions";
    }

    @Override
    public String resolvedPath() {
      return "/v1/chat/completions";
    }

    @Override
    public @Nullable String query() {
      return null;
    }

    @Override
    public String peer() {
      return "127.0.0.1";
    }

    @Override
    public @Nullable String header(String name) {
      Iterator<String> lines = headers(name);
      return lines.hasNext() ? lines.next() : null;
    }

    @Override
    public Iterator<String> headers(String name) {
      return switch (name) {
        case "Authorization" -> authorization.iterator();
        case "Content-Type" -> List.of("application/json").iterator();
        default -> Collections.emptyIterator();
      };
    }

    @Override
    public long declaredLength() {
      return REQUEST.length;
    }
  }

  private static final class Silent implements Log {
    @Override
    public void info(String message) {}

    @Override
    public void warn(String message) {}

    @Override
    public void error(String message, Throwable cause) {}
  }
}
