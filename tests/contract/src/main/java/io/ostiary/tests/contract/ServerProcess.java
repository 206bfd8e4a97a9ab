package io.ostiary.tests.contract;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * A guarded server in a JVM of its own. It serves until its standard input is closed, which happens at the latest when the
 * tests' JVM ends. The java to run it with is {@code -Dostiary.test.java}, or the one that runs the tests.
 */
public final class ServerProcess implements AutoCloseable {

  private static final String ANNOUNCEMENT = "LISTENING ";

  private final Process process;
  private final Queue<String> output = new ConcurrentLinkedQueue<>();
  private final CompletableFuture<Integer> port = new CompletableFuture<>();

  private ServerProcess(Process process) {
    this.process = process;
    Thread listener = new Thread(this::listen, "server output");
    listener.setDaemon(true);
    listener.start();
  }

  /** Starts the server that the installation asks for, and waits until it listens. */
  public static ServerProcess start(Installation installation) throws IOException {
    Path policy = PolicyFile.write();
    List<String> command = new ArrayList<>();
    command.add(java());
    command.add("-Dfile.encoding=UTF-8");
    command.add("-Xmx256m");
    if (installation.agent() != null) {
      command.add("-javaagent:" + installation.agent() + "=" + policy);
    }
    command.add("-cp");
    command.add(classPath(installation.filters() > 0));
    command.add(installation.mainClass());
    command.add(policy.toString());
    command.add(Integer.toString(installation.filters()));
    ServerProcess server =
        new ServerProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
    server.port();
    return server;
  }

  private static String java() {
    String chosen = System.getProperty("ostiary.test.java", "");
    return chosen.isBlank()
        ? Path.of(System.getProperty("java.home"), "bin", "java").toString()
        : chosen;
  }

  /** An app under the agent alone has nothing of the guard on its own class path. */
  private static String classPath(boolean withFilter) {
    List<String> entries = List.of(System.getProperty("java.class.path").split(File.pathSeparator));
    return entries.stream()
        .filter(entry -> !entry.contains("junit") && !entry.contains("assertj"))
        .filter(entry -> withFilter || !isGuards(entry))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static boolean isGuards(String entry) {
    String path = entry.replace(File.separatorChar, '/');
    return path.contains("ostiary-filter")
        || path.contains("/filter/target/")
        || path.contains("bucket4j");
  }

  private void listen() {
    try (var lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        output.add(line);
        if (line.startsWith(ANNOUNCEMENT)) {
          port.complete(Integer.valueOf(line.substring(ANNOUNCEMENT.length())));
        }
      }
    } catch (IOException ended) {
      // The process has been ended.
    }
    port.completeExceptionally(new IOException("The server ended:\n" + output()));
  }

  /** Where it listens on the loopback interface. */
  public int port() throws IOException {
    try {
      return port.get(60, TimeUnit.SECONDS);
    } catch (ExecutionException ended) {
      throw new IOException(ended.getCause());
    } catch (TimeoutException | InterruptedException silent) {
      process.destroyForcibly();
      throw new IOException("The server does not listen:\n" + output(), silent);
    }
  }

  /** All that it has written so far, to standard output and standard error. */
  public String output() {
    return String.join("\n", output);
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException hurried) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
