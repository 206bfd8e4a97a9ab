package io.ostiary.tests.contract;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A server in a JVM of its own, which ends at the latest when the tests' JVM does. The java to run it with is {@code
 * -Dostiary.test.java}, or the one that runs the tests.
 */
public final class ServerProcess implements AutoCloseable {

  private static final Pattern OUR_ANNOUNCEMENT = Pattern.compile("LISTENING (\\d+)");

  private final Process process;
  private final Path policy;
  private final Pattern announcement;
  private final Queue<String> output = new ConcurrentLinkedQueue<>();
  private volatile CompletableFuture<Integer> port = new CompletableFuture<>();

  private ServerProcess(Process process, Path policy, Pattern announcement) {
    this.process = process;
    this.policy = policy;
    this.announcement = announcement;
    Thread listener = new Thread(this::listen, "server output");
    listener.setDaemon(true);
    listener.start();
  }

  /**
   * Starts the server that the installation asks for, and waits until it listens. It serves until its standard input is closed,
   * be it by the death of the tests' JVM.
   */
  public static ServerProcess start(Installation installation) throws IOException {
    return start(installation, "contract.properties");
  }

  /** The same with options of the JVM. */
  public static ServerProcess start(Installation installation, List<String> options)
      throws IOException {
    return start(installation, "contract.properties", options.toArray(String[]::new));
  }

  /** The same with another of the policies that stand beside the contract. */
  static ServerProcess start(Installation installation, String policyName, String... options)
      throws IOException {
    return start(null, installation, policyName, options);
  }

  /** The same on another JDK, if one is given. */
  static ServerProcess start(
      Path jdk, Installation installation, String policyName, String... options)
      throws IOException {
    Path policy = PolicyFile.write(PolicyFile.class, policyName);
    List<String> command = new ArrayList<>();
    command.add("-Dfile.encoding=UTF-8");
    command.add("-Xmx256m");
    command.add("-Djava.io.tmpdir=" + Files.createTempDirectory("ostiary-server"));
    command.addAll(List.of(options));
    if (installation.agent() != null) {
      command.add("-javaagent:" + installation.agent() + "=" + policy);
    }
    command.add("-cp");
    command.add(classPath(installation));
    command.add(installation.mainClass());
    command.add(policy.toString());
    command.add(Integer.toString(installation.filters()));
    String java = jdk == null ? java() : jdk.resolve("bin/java").toString();
    ServerProcess server = launch(Map.of(), java, command, policy, OUR_ANNOUNCEMENT);
    server.port();
    return server;
  }

  /**
   * Starts a server that nobody here wrote, and does not wait until it listens. It may never look at its standard input, so it is
   * told when to end.
   *
   * @param arguments all that follows the java to run it with
   * @param announcement what the line has that tells where it listens, the port being the pattern's first group
   */
  public static ServerProcess start(List<String> arguments, Pattern announcement)
      throws IOException {
    return start(Map.of(), arguments, announcement);
  }

  /** The same with variables in its environment. */
  public static ServerProcess start(
      Map<String, String> environment, List<String> arguments, Pattern announcement)
      throws IOException {
    return startBy(java(), environment, arguments, announcement);
  }

  /** The same by a program that is no java, and may become one. */
  public static ServerProcess startBy(
      String program, Map<String, String> environment, List<String> arguments, Pattern announcement)
      throws IOException {
    ServerProcess server = launch(environment, program, arguments, null, announcement);
    Runtime.getRuntime().addShutdownHook(new Thread(server.process::destroy, "server end"));
    return server;
  }

  /** Starts a server of ours by a JDK, with whatever options; waits until it listens. */
  public static ServerProcess startOn(Path jdk, List<String> arguments) throws IOException {
    String java = jdk.resolve("bin/java").toString();
    ServerProcess server = launch(Map.of(), java, arguments, null, OUR_ANNOUNCEMENT);
    server.port();
    return server;
  }

  private static ServerProcess launch(
      Map<String, String> environment,
      String program,
      List<String> arguments,
      Path policy,
      Pattern announcement)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    return new ServerProcess(builder.start(), policy, announcement);
  }

  private static String java() {
    String chosen = System.getProperty("ostiary.test.java", "");
    return chosen.isBlank()
        ? Path.of(System.getProperty("java.home"), "bin", "java").toString()
        : chosen;
  }

  /** An app under the agent alone has nothing of the guard on its own class path. */
  private static String classPath(Installation installation) {
    List<String> entries = List.of(System.getProperty("java.class.path").split(File.pathSeparator));
    String own = installation.classPath();
    Stream<String> servers =
        entries.stream()
            .filter(entry -> own == null && !isGuards(entry))
            .filter(entry -> !entry.contains("junit") && !entry.contains("assertj"));
    Stream<String> guards =
        entries.stream().filter(entry -> installation.filters() > 0 && isGuards(entry));
    return Stream.of(Stream.ofNullable(own), servers, guards)
        .flatMap(each -> each)
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
        Matcher matcher = announcement.matcher(line);
        if (matcher.find()) {
          port.complete(Integer.valueOf(matcher.group(1)));
        }
      }
    } catch (IOException ended) {
      // The process has been ended.
    }
    port.completeExceptionally(new IOException("The server ended:\n" + output()));
  }

  /** Where it listens on the loopback interface; waits until it does. */
  public int port() throws IOException {
    try {
      return port.get(3, TimeUnit.MINUTES);
    } catch (ExecutionException ended) {
      throw new IOException(ended.getCause());
    } catch (TimeoutException | InterruptedException silent) {
      process.destroyForcibly();
      throw new IOException("The server does not listen:\n" + output(), silent);
    }
  }

  /** Lets the server stop, whatever it is doing, and start again; waits until it listens. */
  void restart() throws IOException {
    port = new CompletableFuture<>();
    process.getOutputStream().write('r');
    process.getOutputStream().flush();
    port();
  }

  /** Lets its JVM come to an orderly end. */
  public void exit() throws IOException {
    process.getOutputStream().close();
  }

  /** Waits until its JVM has ended. */
  void awaitEnd() throws InterruptedException {
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new IllegalStateException("The server does not end:\n" + output());
    }
  }

  /** The policy file that it follows. */
  Path policy() {
    return policy;
  }

  /** Its live objects, after a collection. */
  HeapDump heapDump() throws IOException {
    return HeapDump.of(process.pid());
  }

  /** Its number among the processes of this machine. */
  public long pid() {
    return process.pid();
  }

  /** All that it has written so far, to standard output and standard error. */
  public String output() {
    return String.join("\n", output);
  }

  /** All that it has written, as soon as a text is part of it; what is written may reach the reader after an answer does. */
  public String outputWith(String text) {
    return outputWithin(5, text);
  }

  /** The same for what takes longer to be said. */
  public String outputWithin(int seconds, String text) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!output().contains(text) && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
    return output();
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    process.destroy();
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
