package io.ostiary.tests.field;

import static org.assertj.core.api.Assertions.assertThat;

import io.ostiary.tests.contract.Ask;
import io.ostiary.tests.contract.Installation;
import io.ostiary.tests.contract.Jdk25;
import io.ostiary.tests.contract.PolicyFile;
import io.ostiary.tests.contract.ServerProcess;
import io.ostiary.tests.contract.Wire;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a JDK keeps of one start for the next, of which classes come that no transformer may ever have been asked about. The commands
 * are those of {@code docs/install.md}.
 */
class SharedClassesTest {

  private static final Path TOMCAT =
      Path.of(System.getProperty("servers")).resolve("newest/tomcat-11.0.25");

  /** What the JVM then tells of a class that it did not read from its jar. */
  private static final String SHARED = "org.apache.catalina.startup.Tomcat source: shared objects";

  @TempDir private Path directory;

  /** Pitfalls 1 and 67: the agent was not there when the cache was made. */
  @Test
  void an_aot_cache_from_before_the_agent_is_used_and_lets_no_call_by() throws Exception {
    Path jdk = Jdk25.home();
    String cache = directory.resolve("app.aot").toString();
    List<String> training =
        List.of("-XX:AOTCacheOutput=" + cache, "--add-modules", "java.instrument");
    train(jdk, training, false);

    List<String> use = List.of("-XX:AOTCache=" + cache, "--add-modules", "java.instrument");
    assertGuarded(jdk, use, "-XX:AOTMode=on");
  }

  /** Pitfall 67: the agent was there. */
  @Test
  void an_aot_cache_that_was_made_with_the_agent_is_used() throws Exception {
    Path jdk = Jdk25.home();
    String cache = directory.resolve("app.aot").toString();
    train(jdk, List.of("-XX:AOTCacheOutput=" + cache), true);

    assertGuarded(jdk, List.of("-XX:AOTCache=" + cache), "-XX:AOTMode=on");
  }

  /** Pitfall 67: JDKs before 25 have an archive, which can only be made without an agent. */
  @Test
  void an_archive_of_classes_is_used_and_lets_no_call_by() throws Exception {
    Path jdk = Path.of(System.getProperty("java.home"));
    Assumptions.assumeTrue(
        Files.exists(jdk.resolve("lib/server/classes.jsa")), "this JDK has no archive of its own");
    String archive = directory.resolve("app.jsa").toString();
    train(jdk, List.of("-XX:ArchiveClassesAtExit=" + archive), false);

    assertGuarded(jdk, List.of("-XX:SharedArchiveFile=" + archive), "-Xshare:auto");
  }

  private void train(Path jdk, List<String> options, boolean guarded) throws Exception {
    try (ServerProcess server = start(jdk, options, guarded)) {
      assertThat(status(server, "acme")).isEqualTo(200);
      ProcessHandle process = ProcessHandle.of(server.pid()).orElseThrow();
      server.exit();
      process.onExit().get(3, TimeUnit.MINUTES);
    }
  }

  private void assertGuarded(Path jdk, List<String> options, String insists) throws Exception {
    Path log = directory.resolve("loaded.txt");
    List<String> all = new ArrayList<>(options);
    all.add(insists);
    all.add("-Xlog:class+load:file=" + log);
    try (ServerProcess server = start(jdk, all, true)) {
      assertThat(status(server, "nobody")).isEqualTo(401);
      assertThat(status(server, "acme")).isEqualTo(200);
      assertThat(Files.readString(log)).contains(SHARED);
      assertThat(server.output().lines())
          .noneMatch(line -> line.contains("[warning]") || line.contains("[error]"));
    }
  }

  private ServerProcess start(Path jdk, List<String> options, boolean guarded) throws IOException {
    Path policy = PolicyFile.write(PolicyFile.class, "contract.properties");
    List<String> command = new ArrayList<>(options);
    if (guarded) {
      command.add("-javaagent:" + Installation.builtAgent() + "=" + policy);
    }
    command.addAll(List.of("-cp", classPath()));
    command.add(Files.readString(TOMCAT.resolve("main.txt")).strip());
    command.addAll(List.of(policy.toString(), "0"));
    return ServerProcess.startOn(jdk, command);
  }

  /** Of jars alone: folders cannot be archived. */
  private String classPath() throws IOException {
    Path app = directory.resolve("app.jar");
    if (!Files.exists(app)) {
      pack(TOMCAT.resolve("classes"), app);
    }
    try (Stream<Path> jars = Files.list(TOMCAT.resolve("lib"))) {
      return Stream.concat(Stream.of(app), jars.sorted())
          .map(Path::toString)
          .collect(Collectors.joining(File.pathSeparator));
    }
  }

  private static void pack(Path folder, Path jar) throws IOException {
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream packed = new JarOutputStream(out);
        Stream<Path> files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        String name = folder.relativize(file).toString().replace(File.separatorChar, '/');
        packed.putNextEntry(new JarEntry(name));
        Files.copy(file, packed);
      }
    }
  }

  private static int status(ServerProcess server, String key) throws IOException {
    Ask ask = Ask.of("POST", "/openai/x").key(key).json("{\"model\":\"qwen-max\"}");
    try (Wire wire = new Wire(server.port())) {
      return wire.send(ask.bytes()).answerTo("POST").status();
    }
  }
}
