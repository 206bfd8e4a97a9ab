package io.ostiary.tests.field;

import static org.assertj.core.api.Assertions.assertThat;

import io.ostiary.tests.contract.Installation;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A guard that is off says so. */
class TruthTest {

  private static final Path TARGET = Path.of(System.getProperty("servers")).getParent();
  private static final Path TOMCAT = TARGET.resolve("servers/newest/tomcat-11.0.25");
  private static final Path JETTY = TARGET.resolve("servers/newest/jetty-12.1.12-ee11");

  @TempDir private Path directory;

  /** Pitfall 5: a server without the method that is hooked does not start, and the one line names it. */
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
    return run(
        policy(onFailure),
        List.of(
            "-cp",
            String.join(
                File.pathSeparator,
                directory.resolve("changed").toString(),
                server.resolve("classes").toString(),
                server.resolve("lib") + "/*"),
            Files.readString(server.resolve("main.txt")).strip(),
            "none",
            "0"));
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

  private static Said run(Path policy, List<String> arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-javaagent:" + Installation.builtAgent() + "=" + policy);
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Said(process.exitValue(), text);
  }
}
