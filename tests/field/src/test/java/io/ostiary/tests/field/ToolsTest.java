package io.ostiary.tests.field;

import static org.assertj.core.api.Assertions.assertThat;

import io.ostiary.tests.contract.Installation;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs in Java that serve nobody, in an environment that brings the agent into every JVM. */
class ToolsTest {

  @TempDir private Path directory;

  /** Pitfall 62: the agent does not start, or a policy that is not here would end them. */
  @ParameterizedTest
  @ValueSource(strings = {"keytool -help", "jcmd -h", "jar --version", "javac --version"})
  void tools_of_the_jdk_run_as_if_there_were_no_agent(String command) throws Exception {
    List<String> words = new ArrayList<>(List.of(command.split(" ")));
    words.set(0, Path.of(System.getProperty("java.home"), "bin", words.get(0)).toString());

    Said said = run(words, Map.of("JAVA_TOOL_OPTIONS", agent()));

    assertThat(said.exit()).isZero();
    assertThat(said.text().lines())
        .filteredOn(line -> !line.startsWith("Picked up JAVA_TOOL_OPTIONS"))
        .noneMatch(line -> line.contains("ostiary"));
  }

  /** Pitfall 62: nor in Maven, which says so. */
  @Test
  void maven_builds_as_if_there_were_no_agent() throws Exception {
    Said said = run(List.of(maven(), "--version"), Map.of("JAVA_TOOL_OPTIONS", agent()));

    assertThat(said.exit()).isZero();
    assertThat(said.text())
        .contains("Apache Maven ", "ostiary: NOT GUARDING this JVM, which runs a build")
        .doesNotContain("cannot guard");
  }

  /** Pitfall 62: Maven's wrapper runs Maven in its own JVM, which is named by the wrapper's class. */
  @Test
  void the_wrapper_of_maven_builds_too() throws Exception {
    Path source = directory.resolve("src/org/apache/maven/wrapper/MavenWrapperMain.java");
    Files.createDirectories(source.getParent());
    Files.writeString(
        source,
        "package org.apache.maven.wrapper; public class MavenWrapperMain {"
            + " public static void main(String[] args) { System.out.println(\"it builds\"); } }");
    Path jdk = Path.of(System.getProperty("java.home"), "bin");
    String classes = directory.resolve("classes").toString();
    String javac = jdk.resolve("javac").toString();
    assertThat(run(List.of(javac, "-d", classes, source.toString()), Map.of()).exit()).isZero();

    String main = "org.apache.maven.wrapper.MavenWrapperMain";
    List<String> wrapper = List.of(jdk.resolve("java").toString(), "-cp", classes, main);
    Said said = run(wrapper, Map.of("JAVA_TOOL_OPTIONS", agent()));

    assertThat(said.exit()).isZero();
    assertThat(said.text()).contains("it builds", "ostiary: NOT GUARDING this JVM");
  }

  /** Maven's launcher runs servers too. */
  @Test
  void the_launcher_of_maven_alone_does_not_make_a_build() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String launcher = "org.codehaus.plexus.classworlds.launcher.Launcher";

    Said said = run(List.of(java, launcher), Map.of("JAVA_TOOL_OPTIONS", agent()));

    assertThat(said.text()).contains("ostiary: cannot guard").doesNotContain("NOT GUARDING");
  }

  /** Pitfall 62: a server that a plugin runs in Maven's own JVM is guarded where that is asked for. */
  @Test
  void maven_has_the_agent_where_its_own_options_say_so() throws Exception {
    Said said =
        run(
            List.of(maven(), "--version"),
            Map.of("JAVA_TOOL_OPTIONS", agent(), "MAVEN_OPTS", agent()));

    assertThat(said.exit()).isOne();
    assertThat(said.text()).contains("ostiary: cannot guard");
  }

  private String agent() {
    return "-javaagent:" + Installation.builtAgent() + "=" + directory.resolve("missing");
  }

  private static String maven() {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .map(folder -> Path.of(folder, "mvn"))
        .filter(Files::isExecutable)
        .findFirst()
        .map(Path::toString)
        .orElseGet(
            () -> {
              Assumptions.abort("there is no mvn on the path");
              throw new AssertionError();
            });
  }

  /** What a program has said by its end. */
  private record Said(int exit, String text) {}

  private Said run(List<String> command, Map<String, String> environment) throws Exception {
    Path out = directory.resolve("said");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
    builder.environment().remove("MAVEN_OPTS");
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    boolean ended = process.waitFor(60, TimeUnit.SECONDS);
    process.destroyForcibly();
    assertThat(ended).as(Files.readString(out)).isTrue();
    return new Said(process.exitValue(), Files.readString(out));
  }
}
