package io.ostiary.tests.field;

import static org.assertj.core.api.Assertions.assertThat;

import io.ostiary.tests.contract.Answer;
import io.ostiary.tests.contract.Ask;
import io.ostiary.tests.contract.Installation;
import io.ostiary.tests.contract.ServerProcess;
import io.ostiary.tests.contract.Wire;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * One app that runs without the agent, with one that has nothing to do, and with one that puts all it has around each call: asked
 * the same, they answer the same.
 */
final class ThreeWays implements Closeable {

  /** Every call is admitted as it is. */
  static final String OPEN =
      """
      charset = off
      errors.normalise = none
      route.all.paths = /**
      route.all.max-body = 128MiB
      route.all.key = none
      """;

  /** Every call is admitted, read, metered and timed, and its errors are left. */
  static final String WRAPPED =
      """
      charset = off
      errors.normalise = none
      headers.rate-limit = false
      route.all.paths = /**
      route.all.max-body = 128MiB
      route.all.timeout = 10m
      route.all.hard-stop = true
      key.any.anonymous = true
      key.any.limits = tpm 1000M, concurrent 1000
      """;

  /** Sessions, times, and hashes of objects. */
  private static final Pattern DIFFERENT =
      Pattern.compile(
          "(?i)(?<=JSESSIONID[=.:]{0,2})[0-9a-z.]{16,}|[0-9A-F]{32}|\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?|[@-][0-9a-f]{5,8}\\b");

  private final Map<String, ServerProcess> servers = new TreeMap<>();

  /** How the app is started, with these options of its JVM. */
  interface Start {
    ServerProcess with(String... options) throws IOException;
  }

  ThreeWays(Start start) throws IOException {
    servers.put("without", start.with());
    servers.put("open", start.with(agent(OPEN)));
    servers.put("wrapped", start.with(agent(WRAPPED)));
    for (ServerProcess server : servers.values()) {
      server.port();
    }
  }

  /** The JVM's option for the agent with this policy. */
  static String agent(String policy) throws IOException {
    Path file = Files.createTempDirectory("policy").resolve("policy.properties");
    return "-javaagent:" + Installation.builtAgent() + "=" + Files.writeString(file, policy);
  }

  /** Asks all three; answers what the app says without a guard. */
  Answer ask(Ask ask) throws IOException {
    return ask(ask.bytes(), ask.method());
  }

  Answer ask(byte[] call, String method) throws IOException {
    Answer expected = ask(servers.get("without"), call, method);
    for (String guarded : List.of("open", "wrapped")) {
      Answer answer = ask(servers.get(guarded), call, method);
      assertThat(headOf(answer)).as(guarded).isEqualTo(headOf(expected));
      assertThat(plain(text(answer))).as(guarded).isEqualTo(plain(text(expected)));
    }
    return expected;
  }

  Map<String, ServerProcess> servers() {
    return servers;
  }

  private static Answer ask(ServerProcess server, byte[] call, String method) throws IOException {
    try (Wire wire = new Wire(server.port())) {
      return wire.send(call).answerTo(method);
    }
  }

  private static List<String> headOf(Answer answer) {
    return answer.head().stream()
        .filter(line -> !line.startsWith("Date: ") && !line.startsWith("x-request-id: "))
        .map(ThreeWays::plain)
        .toList();
  }

  private static String text(Answer answer) {
    return new String(answer.body(), StandardCharsets.ISO_8859_1);
  }

  /** Without what is different each time. */
  static String plain(String text) {
    return DIFFERENT.matcher(text).replaceAll("");
  }

  @Override
  public void close() throws IOException {
    for (ServerProcess server : servers.values()) {
      server.close();
    }
  }
}
