package io.ostiary.tests.field;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.tools.attach.VirtualMachine;
import io.ostiary.tests.contract.Ask;
import io.ostiary.tests.contract.Installation;
import io.ostiary.tests.contract.ServerProcess;
import io.ostiary.tests.contract.Wire;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A guard that is off says so. */
class TruthTest {

  private static final Path TARGET = Path.of(System.getProperty("servers")).getParent();
  private static final Path TOMCAT = TARGET.resolve("servers/newest/tomcat-11.0.25");
  private static final Path JETTY = TARGET.resolve("servers/newest/jetty-12.1.12-ee11");

  @TempDir private Path directory;

  /** Pitfall 5: a server without the method that is hooked does not start; one line names it, and the status file does. */
  @ParameterizedTest
  @CsvSource({
    "org.apache.catalina.connector.CoyoteAdapter, postParseRequest",
    "org.apache.catalina.core.ApplicationFilterChain, doFilter",
    "org.eclipse.jetty.server.Server, handle",
    "org.eclipse.jetty.ee11.servlet.ServletHandler$MappedServlet, handle",
  })
  void a_release_without_the_hooked_method_does_not_serve(String type, String method)
      throws Exception {
    Said said = start(type, method, "refuse");

    assertThat(said.exit()).isOne();
    assertThat(said.text())
        .contains("ostiary: ERROR: cannot guard " + type)
        .contains("NoSuchMethodException: " + type + "." + method)
        .contains("the server is stopped")
        .doesNotContain("LISTENING");
    assertThat(said.text().lines().filter(line -> line.startsWith("ostiary: ERROR"))).hasSize(1);
    assertThat(status()).contains("state = not armed", type + " = not armed: ");
  }

  /** Pitfall 6: what else has changed the class does not matter, if it took the hook out. */
  @Test
  void a_hook_that_another_agent_has_taken_out_is_missed() throws Exception {
    String type = "org.apache.catalina.connector.CoyoteAdapter";
    List<String> arguments = new ArrayList<>();
    arguments.add("-javaagent:" + TARGET.resolve("undoing.jar") + "=" + type);
    arguments.addAll(server(TOMCAT, List.of()));

    Said said = runUntilItEnds(policy("refuse"), arguments);

    assertThat(said.exit()).isOne();
    assertThat(said.text())
        .contains("ostiary: ERROR: cannot guard " + type)
        .contains("the hook is not in; another agent may have taken it out");
    assertThat(status()).contains("state = not armed", type + " = not armed: ");
  }

  /** Pitfall 6: whoever comes later may have taken it out, which no JVM tells. */
  @Test
  void a_class_that_is_transformed_anew_while_the_server_is_at_work_is_doubted() throws Exception {
    String type = "org.apache.catalina.core.ApplicationFilterChain";
    String setting = "-Dostiary.agent.status=" + directory.resolve("status");
    try (ServerProcess server =
        ServerProcess.start(Server.tomcat11().withAgent(), List.of(setting))) {
      try (Wire wire = new Wire(server.port())) {
        assertThat(wire.send(Ask.get("/open/hits").bytes()).answer().status()).isEqualTo(200);
      }
      awaitStatus(lines -> lines.contains(type + " = armed"));

      VirtualMachine machine = VirtualMachine.attach(Long.toString(server.pid()));
      try {
        machine.loadAgent(TARGET.resolve("undoing.jar").toString(), type);
      } finally {
        machine.detach();
      }

      assertThat(server.outputWithin(30, "NOBODY CAN TELL"))
          .contains("WARNING: another agent has had " + type + " transformed anew");
      assertThat(awaitStatus(lines -> !lines.contains(type + " = armed")))
          .contains(type + " = unchecked: ");
    }
  }

  /** Pitfall 6: each class that is there has been looked at, and those that a first call brings; the file goes with the server. */
  @ParameterizedTest
  @MethodSource("io.ostiary.tests.field.Server#kinds")
  void each_class_is_told_to_be_armed_once_it_has_been_looked_at(Server kind) throws Exception {
    Path file = directory.resolve("status");
    String setting = "-Dostiary.agent.status=" + file;
    try (ServerProcess server = ServerProcess.start(kind.withAgent(), List.of(setting))) {
      try (Wire wire = new Wire(server.port())) {
        assertThat(wire.send(Ask.get("/open/hits").bytes()).answer().status()).isEqualTo(200);
      }
      String told =
          awaitStatus(lines -> lines.size() >= 6 && lines.stream().noneMatch(TruthTest::isUnsure));
      assertThat(told)
          .startsWith("state = armed\npolicy = /")
          .contains("\nprocess = " + server.pid() + " since ")
          .containsPattern("servers = (Apache Tomcat|jetty)/\\d");
      assertThat(told.lines().filter(line -> line.startsWith("org.")))
          // Jetty before 12, and what nests it, has one door more.
          .hasSizeBetween(2, 3)
          .allMatch(line -> line.endsWith(" = armed"));
      ProcessHandle process = ProcessHandle.of(server.pid()).orElseThrow();
      server.exit();
      process.onExit().get(60, TimeUnit.SECONDS);
    }
    assertThat(file).doesNotExist();
  }

  private static boolean isUnsure(String line) {
    return line.contains(" = unchecked");
  }

  private String awaitStatus(Predicate<List<String>> enough) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!enough.test(status().lines().toList()) && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    return status();
  }

  private String status() throws IOException {
    Path file = directory.resolve("status");
    return Files.exists(file) ? Files.readString(file) : "";
  }

  /** Pitfall 5, where the operator has said that serving goes before guarding. */
  @Test
  void it_serves_where_the_policy_wants_even_that_and_says_so() throws Exception {
    String type = "org.apache.catalina.connector.CoyoteAdapter";
    Said said = start(type, "postParseRequest", "admit");

    assertThat(said.exit()).isZero();
    assertThat(said.text()).contains("ostiary: ERROR: cannot guard " + type, "LISTENING");
  }

  @Test
  void a_server_that_is_not_supported_is_named() throws Exception {
    Said said = stranger();

    assertThat(said.exit()).isZero();
    assertThat(said.text()).contains("ostiary: WARNING: Undertow IS NOT GUARDED", "LISTENING");
  }

  @Test
  void a_server_that_is_not_supported_may_be_refused() throws Exception {
    Said said = stranger("-Dostiary.agent.unsupported=refuse");

    assertThat(said.exit()).isOne();
    assertThat(said.text())
        .contains("Undertow IS NOT GUARDED", "the JVM is stopped")
        .doesNotContain("LISTENING");
  }

  private Said stranger(String... options) throws Exception {
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.add("-cp");
    arguments.add(TARGET.resolve("stranger").toString());
    arguments.add("io.undertow.server.Connectors");
    return run(policy("refuse"), arguments);
  }

  private Said start(String type, String method, String onFailure) throws Exception {
    boolean tomcat = type.startsWith("org.apache.");
    Path server = tomcat ? TOMCAT : JETTY;
    String file = type.replace('.', '/') + ".class";
    Path changed = directory.resolve("changed").resolve(file);
    Files.createDirectories(changed.getParent());
    // Another name of the same length: the class links, but the hook finds nothing. Its own calls
    // go to the new name too.
    Files.writeString(
        changed,
        classFile(server, file).replace(method, method.substring(0, method.length() - 1) + "X"),
        StandardCharsets.ISO_8859_1);
    return run(policy(onFailure), server(server, List.of(directory.resolve("changed").toString())));
  }

  /** What a server is started with, behind these entries of the class path. */
  private static List<String> server(Path server, List<String> first) throws IOException {
    List<String> classPath = new ArrayList<>(first);
    classPath.add(server.resolve("classes").toString());
    classPath.add(server.resolve("lib") + "/*");
    return List.of(
        "-cp",
        String.join(File.pathSeparator, classPath),
        Files.readString(server.resolve("main.txt")).strip(),
        "none",
        "0");
  }

  private static String classFile(Path server, String file) throws IOException {
    for (File lib : server.resolve("lib").toFile().listFiles()) {
      try (JarFile jar = new JarFile(lib)) {
        if (jar.getEntry(file) != null) {
          byte[] bytes = jar.getInputStream(jar.getEntry(file)).readAllBytes();
          return new String(bytes, StandardCharsets.ISO_8859_1);
        }
      }
    }
    throw new AssertionError(file + " is nowhere");
  }

  private Path policy(String onFailure) throws IOException {
    return Files.writeString(
        directory.resolve("policy.properties"),
        "route.all.paths = /**\nroute.all.key = none\non-failure = " + onFailure + "\n");
  }

  /** What a JVM has said by its end. */
  private record Said(int exit, String text) {}

  /** Runs with nothing to read, which ends a server that has come as far as that. */
  private Said run(Path policy, List<String> arguments) throws Exception {
    Process process = started(policy, arguments);
    process.getOutputStream().close();
    return end(process);
  }

  /** Runs until it ends by itself. */
  private Said runUntilItEnds(Path policy, List<String> arguments) throws Exception {
    return end(started(policy, arguments));
  }

  private Process started(Path policy, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-javaagent:" + Installation.builtAgent() + "=" + policy);
    command.add("-Dostiary.agent.status=" + directory.resolve("status"));
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("said").toFile())
        .start();
  }

  private Said end(Process process) throws Exception {
    boolean ended = process.waitFor(60, TimeUnit.SECONDS);
    process.destroyForcibly();
    String text = Files.readString(directory.resolve("said"));
    assertThat(ended).as(text).isTrue();
    return new Said(process.exitValue(), text);
  }
}
