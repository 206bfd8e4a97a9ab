package io.ostiary.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What is told of the hooks: pitfalls 5 and 6. */
class ArmamentTest {

  private static final String DOOR = "org.apache.catalina.connector.CoyoteAdapter";
  private static final String OTHER = "org.apache.catalina.core.ApplicationFilterChain";

  private final Armament armament =
      new Armament(
          "/etc/ostiary.properties",
          StatusFile.asked(
              new Console(
                  new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8))));

  @Test
  void waits_until_there_is_a_server() {
    assertThat(armament.text())
        .isEqualTo("state = waiting for a server\npolicy = /etc/ostiary.properties\nservers = \n");
  }

  @Test
  void is_armed_once_a_server_is_there_and_says_what_it_has_not_looked_at() {
    armament.meets("Apache Tomcat/10.1.59");
    armament.gives(DOOR);
    armament.gives(OTHER);
    armament.finds(DOOR);

    assertThat(armament.text())
        .startsWith("state = armed\n")
        .contains("\nservers = Apache Tomcat/10.1.59\n")
        .endsWith("\n" + DOOR + " = armed\n" + OTHER + " = unchecked\n");
  }

  @Test
  void one_class_without_its_hook_is_enough() {
    armament.meets("Apache Tomcat/10.1.59");
    armament.gives(DOOR);
    armament.finds(DOOR);
    armament.misses(OTHER, new NoSuchMethodException("doFilter\nand more"));

    assertThat(armament.text())
        .startsWith("state = not armed\n")
        .contains(OTHER + " = not armed: java.lang.NoSuchMethodException: doFilter\n");
  }

  /** Two servers of one kind, each in a class loader of its own. */
  @Test
  void what_is_missed_once_is_not_found_by_another() {
    armament.misses(DOOR, new IllegalStateException("gone"));
    armament.gives(DOOR);
    armament.finds(DOOR);
    armament.cannotTell(DOOR, new IllegalStateException("hidden"));

    assertThat(armament.text())
        .contains(DOOR + " = not armed: java.lang.IllegalStateException: gone\n");
  }

  @Test
  void what_cannot_be_looked_at_is_told_to_be_unchecked() {
    armament.meets("jetty/12.1.12");
    armament.gives(DOOR);
    armament.cannotTell(DOOR, new NoSuchMethodException("getConstantPool"));

    assertThat(armament.text())
        .startsWith("state = armed\n")
        .contains(DOOR + " = unchecked: java.lang.NoSuchMethodException: getConstantPool\n");
  }
}
