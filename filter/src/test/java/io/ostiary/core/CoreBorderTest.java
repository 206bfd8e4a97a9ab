package io.ostiary.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Core knows nothing of servlets, and little of it is anybody else's business. */
class CoreBorderTest {

  @Test
  void no_class_names_a_servlet_type() throws Exception {
    assertThat(classFiles())
        .isNotEmpty()
        .noneMatch(file -> names(file, "javax/servlet") || names(file, "jakarta/servlet"));
  }

  @Test
  void most_types_are_private_to_the_package() throws Exception {
    List<Path> files = classFiles();
    long shown = 0;
    for (Path file : files) {
      String name = String.valueOf(file.getFileName()).replace(".class", "");
      Class<?> type = Class.forName("io.ostiary.core." + name, false, getClass().getClassLoader());
      shown += Modifier.isPublic(type.getModifiers()) ? 1 : 0;
    }
    assertThat(shown * 5).isLessThan(files.size());
  }

  private static List<Path> classFiles() throws Exception {
    Path folder = Path.of(Guard.class.getResource("Guard.class").toURI()).resolveSibling(".");
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".class")).toList();
    }
  }

  /** A class file has the names that it uses in plain text. */
  private static boolean names(Path file, String type) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
