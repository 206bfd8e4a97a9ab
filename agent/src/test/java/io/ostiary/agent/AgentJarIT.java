package io.ostiary.agent;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** The built jar, as the application's class path gets to see it. */
class AgentJarIT {

  private static final Path JAR = Path.of(System.getProperty("agent.jar"));

  @Test
  void shows_the_application_nothing_but_the_hook_package() throws IOException {
    assertThat(names())
        .filteredOn(name -> !name.startsWith("isolated/") && !name.startsWith("META-INF/"))
        .allMatch(name -> name.startsWith("io/ostiary/agent/hook/") && name.endsWith(".class"))
        .contains("io/ostiary/agent/hook/Agent.class", "io/ostiary/agent/hook/Hooks.class");
    assertThat(names())
        .filteredOn(name -> name.startsWith("isolated/"))
        .noneMatch(name -> name.endsWith(".class"))
        .contains("isolated/io/ostiary/core/Guard.classdata");
    assertThat(names()).noneMatch(name -> name.startsWith("META-INF/services/"));
  }

  // P3
  @Test
  void holds_every_library_under_a_name_of_our_own() throws IOException {
    assertThat(names())
        .filteredOn(name -> name.endsWith(".classdata"))
        .allMatch(name -> name.startsWith("isolated/io/ostiary/"))
        .contains(
            "isolated/io/ostiary/shaded/asm/ClassReader.classdata",
            "isolated/io/ostiary/shaded/bucket4j/Bucket.classdata");
  }

  @Test
  void says_in_its_manifest_how_it_is_started() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      Attributes manifest = jar.getManifest().getMainAttributes();

      assertThat(manifest.getValue("Premain-Class")).isEqualTo("io.ostiary.agent.hook.Agent");
      assertThat(manifest.getValue("Agent-Class")).isEqualTo("io.ostiary.agent.hook.Agent");
      assertThat(manifest.getValue("Main-Class")).isEqualTo("io.ostiary.agent.hook.Agent");
      assertThat(manifest.getValue("Can-Retransform-Classes")).isEqualTo("true");
      assertThat(manifest.getValue("Can-Redefine-Classes")).isNull();
      assertThat(manifest.getValue("Boot-Class-Path")).isNull();
      assertThat(manifest.getValue("Implementation-Version"))
          .isEqualTo(System.getProperty("agent.version"));
    }
  }

  @Test
  void is_small_and_the_same_whenever_it_is_built() throws IOException {
    assertThat(Files.size(JAR)).isLessThan(5_000_000);
    try (JarFile jar = new JarFile(JAR.toFile())) {
      assertThat(jar.stream().map(ZipEntry::getTimeLocal).distinct()).hasSize(1);
    }
  }

  /** Issue 7's seventh: the JDK would link each place where strings are joined when a start comes there first. */
  @Test
  void joins_strings_without_linking_at_run_time() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      for (ZipEntry entry : jar.stream().toList()) {
        boolean ours = entry.getName().matches("(isolated/)?io/ostiary/(?!shaded/).*");
        String bytes = ours ? new String(jar.getInputStream(entry).readAllBytes(), ISO_8859_1) : "";
        assertThat(bytes.contains("makeConcatWithConstants")).as(entry.getName()).isFalse();
      }
    }
  }

  private static List<String> names() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      return jar.stream().filter(entry -> !entry.isDirectory()).map(ZipEntry::getName).toList();
    }
  }
}
