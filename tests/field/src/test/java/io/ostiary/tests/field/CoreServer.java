package io.ostiary.tests.field;

import static org.assertj.core.api.Assertions.assertThat;

import io.ostiary.tests.contract.Answer;
import io.ostiary.tests.contract.Ask;
import io.ostiary.tests.contract.Installation;
import io.ostiary.tests.contract.Keys;
import io.ostiary.tests.contract.PolicyFile;
import io.ostiary.tests.contract.ServerProcess;
import io.ostiary.tests.contract.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/** A server of Jetty 12's core under the agent, with a policy for it, and how the tests talk to it. */
record CoreServer(ServerProcess process) implements AutoCloseable {

  /** Starts one, whose handlers may or may not block. */
  static CoreServer start(Server kind, boolean blocks) throws IOException {
    Installation installation = kind.withAgent();
    Path policy = PolicyFile.write(CoreServer.class, "core.properties");
    List<String> command = new ArrayList<>(List.of("-Dfile.encoding=UTF-8", "-Xmx256m"));
    command.add("-Dapp.non-blocking=" + !blocks);
    command.add("-Dapp.access-log=true");
    command.add("-javaagent:" + installation.agent() + "=" + policy);
    command.addAll(List.of("-cp", installation.classPath(), installation.mainClass()));
    CoreServer server =
        new CoreServer(ServerProcess.start(command, Pattern.compile("LISTENING (\\d+)")));
    server.process.port();
    return server;
  }

  Wire connect() throws IOException {
    return new Wire(process.port());
  }

  Answer ask(Ask ask) throws IOException {
    try (Wire wire = connect()) {
      return wire.send(ask.bytes()).answerTo(ask.method());
    }
  }

  static Ask call(String path, String key, String json) {
    return Ask.of("POST", path).key(key).json(json);
  }

  static String model(String name) {
    return "{\"model\":\"" + name + "\"}";
  }

  /** A text that no packing makes shorter, always the same. */
  static String random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** A call that the app answers with this text; taken for 100 tokens of input. */
  static Ask play(String path, String key, String answer) {
    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
    return Ask.of("POST", path)
        .key(key)
        .header("X-Play", Base64.getEncoder().encodeToString(bytes))
        .json("{\"model\":\"qwen-max\",\"prompt\":\"" + "x".repeat(400) + "\"}");
  }

  /** How often the app came to something. */
  int hits(String what) throws IOException {
    return Integer.parseInt(ask(Ask.get("/hits?" + what)).text());
  }

  void awaitHits(String what, int hits) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (hits(what) < hits && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
    assertThat(hits(what)).as(what).isGreaterThanOrEqualTo(hits);
  }

  /** What a key has left of its tokens, as a refusal that costs nothing tells it. */
  long tokensLeft(String key) throws IOException {
    Answer refused = ask(Ask.of("POST", "/core/head").key(key).json("{\"model\":\"gpt-7\"}"));
    assertThat(refused.status()).isEqualTo(404);
    return Long.parseLong(refused.header("x-ratelimit-remaining-tokens"));
  }

  /** Waits until so many tokens have been charged since a level. */
  void awaitCharge(String key, long level, long tokens) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    while (level - tokensLeft(key) != tokens && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
    assertThat(level - tokensLeft(key)).isEqualTo(tokens);
  }

  /** Asks until as many calls run at one time as there are workers: nothing is held any more. */
  void awaitNothingHeld() throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    List<Integer> statuses = fiveAtOnce();
    while (!statuses.equals(List.of(200, 200, 200, 200, 200)) && System.nanoTime() - end < 0) {
      statuses = fiveAtOnce();
    }
    assertThat(statuses).containsOnly(200);
  }

  private List<Integer> fiveAtOnce() throws IOException {
    List<Wire> wires = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Wire wire = connect();
      wires.add(wire.send(play("/core/play", "acme", "{}").header("X-Pause", 30).bytes()));
    }
    List<Integer> statuses = new ArrayList<>();
    for (Wire wire : wires) {
      statuses.add(wire.answerTo("POST").status());
      wire.close();
    }
    return statuses;
  }

  static String bearer(String key) {
    return "Bearer " + Keys.secretOf(key);
  }

  @Override
  public void close() throws IOException {
    process.close();
  }
}
