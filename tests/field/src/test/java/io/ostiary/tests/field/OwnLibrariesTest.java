package io.ostiary.tests.field;

import static org.assertj.core.api.Assertions.assertThat;

import io.ostiary.tests.contract.Ask;
import io.ostiary.tests.contract.Installation;
import io.ostiary.tests.contract.PolicyFile;
import io.ostiary.tests.contract.ServerProcess;
import io.ostiary.tests.contract.Wire;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pitfall 59: an app that brings libraries of other versions than the agent may know, and has system properties of its own. */
class OwnLibrariesTest {

  /** What the agent is made of, and what its likes are; each in a version in which there is nothing but a word. */
  private static final List<String> LIBRARIES =
      List.of(
          "org.objectweb.asm.ClassReader",
          "org.objectweb.asm.Opcodes",
          "io.github.bucket4j.Bucket",
          "com.knuddels.jtokkit.Encodings",
          "org.jspecify.annotations.Nullable",
          "com.fasterxml.jackson.databind.ObjectMapper",
          "io.netty.buffer.ByteBuf",
          "net.bytebuddy.ByteBuddy");

  @TempDir private Path directory;

  @ParameterizedTest
  @MethodSource("io.ostiary.tests.field.Server#kinds")
  void an_app_runs_with_its_own_and_is_guarded(Server kind) throws IOException {
    Installation installation = kind.withAgent();
    Path policy = PolicyFile.write(PolicyFile.class, "contract.properties");
    List<String> command = new ArrayList<>();
    command.add("-javaagent:" + installation.agent() + "=" + policy);
    command.add("-cp");
    command.add(compiled() + File.pathSeparator + installation.classPath());
    command.addAll(List.of("Own", installation.mainClass(), "none", "0"));
    try (ServerProcess server = ServerProcess.start(command, Pattern.compile("LISTENING (\\d+)"))) {
      assertThat(status(server, "nobody", "qwen-max")).isEqualTo(401);
      assertThat(status(server, "acme", "gpt-7")).isEqualTo(404);
      assertThat(status(server, "acme", "qwen-max")).isEqualTo(200);
      assertThat(status(server, "rpm", "qwen-max")).isEqualTo(200);
      assertThat(server.output().lines().filter("the app's own"::equals)).hasSize(LIBRARIES.size());
      assertThat(server.output()).contains("ostiary: guarding ").doesNotContain("LinkageError");
    }
  }

  private static int status(ServerProcess server, String key, String model) throws IOException {
    Ask ask = Ask.of("POST", "/v1/chat/completions").key(key).json("{\"model\":\"" + model + "\"}");
    try (Wire wire = new Wire(server.port())) {
      return wire.send(ask.bytes()).answer().status();
    }
  }

  /** The libraries, and the class that uses them before it becomes the server. */
  private Path compiled() throws IOException {
    List<String> sources = new ArrayList<>();
    StringBuilder uses = new StringBuilder();
    for (String library : LIBRARIES) {
      int dot = library.lastIndexOf('.');
      sources.add(
          source(
              library,
              "package %s; public class %s { public static final String whose() { return \"the app's own\"; } }"
                  .formatted(library.substring(0, dot), library.substring(dot + 1))));
      uses.append("System.out.println(").append(library).append(".whose());\n");
    }
    sources.add(
        source(
            "Own",
            """
            public class Own {
              public static void main(String[] all) throws Exception {
                java.util.Properties own = new java.util.Properties();
                own.putAll(System.getProperties());
                own.keySet().removeIf(name -> name.toString().startsWith("io.ostiary."));
                System.setProperties(own);
                %s
                Class.forName(all[0]).getMethod("main", String[].class)
                    .invoke(null, (Object) new String[] {all[1], all[2]});
              }
            }
            """
                .formatted(uses)));
    Path classes = directory.resolve("classes");
    List<String> arguments = new ArrayList<>(List.of("-d", classes.toString()));
    arguments.addAll(sources);
    int exit =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertThat(exit).isZero();
    return classes;
  }

  private String source(String type, String text) throws IOException {
    Path file = directory.resolve("src").resolve(type.replace('.', '/') + ".java");
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text).toString();
  }
}
