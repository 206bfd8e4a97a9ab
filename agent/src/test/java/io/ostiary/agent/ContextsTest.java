package io.ostiary.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.ostiary.core.Guard;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of which contexts it is said that they are guarded: P3. */
class ContextsTest {

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final Contexts contexts;

  ContextsTest(@TempDir Path directory) throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("policy.properties"),
            "route.all.paths = /**\nroute.all.key = none\n");
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    contexts = new Contexts(Guard.open(file, new Console(out)));
  }

  @Test
  void each_is_said_once() {
    Object root = new Object();
    assertThat(contexts.knows(root)).isFalse();
    contexts.meet(root, "jetty/12.1.12", "null", "");
    assertThat(contexts.knows(root)).isTrue();
    contexts.meet(root, "jetty/12.1.12", "null", "");
    contexts.meet(new Object(), "jetty/12.1.12", "null", "/app");

    assertThat(said())
        .isEqualTo(
            """
            ostiary: guarding jetty/12.1.12 context /
            ostiary: guarding jetty/12.1.12 context /app
            """);
  }

  @Test
  void one_that_is_deployed_anew_is_not_said_again() {
    contexts.meet(new Object(), "Tomcat", "Catalina/localhost", "/app");
    contexts.meet(new Object(), "Tomcat", "Catalina/localhost", "/app");

    assertThat(said()).isEqualTo("ostiary: guarding Tomcat context /app\n");
  }

  @Test
  void one_of_another_host_is_said_by_its_name() {
    contexts.meet(new Object(), "Tomcat", "Catalina/localhost", "");
    contexts.meet(new Object(), "Tomcat", "Catalina/b.example", "");

    assertThat(said())
        .isEqualTo(
            """
            ostiary: guarding Tomcat context /
            ostiary: guarding Tomcat context / of Catalina/b.example
            """);
  }

  private String said() {
    return said.toString(StandardCharsets.UTF_8);
  }
}
