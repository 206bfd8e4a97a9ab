package io.ostiary.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A folder with a policy file in it, and a process to read it. */
final class PolicyFolder {

  /** What a policy needs at least. */
  static final String LEAST =
      """
      route.chat.paths = /v1/chat
      key.acme.sha256 = 6b3a55e0261b0304143f805a24924d0c1c44524821305f31d9277843b8a10f4e
      """;

  final Path folder;
  final Path file;
  final Map<String, String> environment = new HashMap<>();
  final Map<String, String> properties = new HashMap<>();
  final RecordedLog log = new RecordedLog();

  PolicyFolder(Path folder) {
    this.folder = folder;
    this.file = folder.resolve("ostiary.properties");
  }

  PolicyFolder write(String text) {
    return write("ostiary.properties", text);
  }

  PolicyFolder write(String name, String text) {
    try {
      Files.writeString(folder.resolve(name), text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  PolicyFile policyFile() {
    return new PolicyFile(file, surroundings(), log);
  }

  Surroundings surroundings() {
    return new Surroundings(environment, properties);
  }

  PolicyReading read() {
    return policyFile().read();
  }

  /** The policy, which must be without problems. */
  Policy policy() {
    try {
      return read().orThrow();
    } catch (PolicyException e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  Policy policy(String text) {
    return write(text).policy();
  }

  /** The problems, without the folder's name. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    for (Problem problem : read().problems()) {
      problems.add(problem.toString().replace(folder + "/", ""));
    }
    return problems;
  }

  List<String> problems(String text) {
    return write(text).problems();
  }

  /** The only problem of a text. */
  String problem(String text) {
    List<String> problems = problems(text);
    assertThat(problems).hasSize(1);
    return problems.get(0);
  }

  /** Keeps what is said, each line with its sort. */
  static final class RecordedLog implements Log {

    final List<String> lines = new ArrayList<>();

    @Override
    public synchronized void info(String message) {
      lines.add("info " + message);
    }

    @Override
    public synchronized void warn(String message) {
      lines.add("warn " + message);
    }

    @Override
    public synchronized void error(String message, Throwable cause) {
      lines.add("error " + message + ": " + cause);
    }
  }
}
