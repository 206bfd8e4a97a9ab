package io.ostiary.tests.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A JDK 25 for what an older one has not: that which {@code -Dostiary.java25} or {@code JAVA_HOME_25_X64} names, or one that lies where
 * packages and tools commonly put them.
 */
public final class Jdk25 {

  private static final List<Path> PLACES =
      List.of(
          Path.of("/usr/lib/jvm"),
          Path.of("/opt/java"),
          Path.of(System.getProperty("user.home"), ".sdkman/candidates/java"),
          Path.of(System.getProperty("user.home"), ".jdks"),
          Path.of("/Library/Java/JavaVirtualMachines"));

  private Jdk25() {}

  /** Its folder; the test that asks is left out where there is none. */
  public static Path home() {
    Optional<Path> found = named().or(Jdk25::lyingAbout);
    Assumptions.assumeTrue(
        found.isPresent(), "no JDK 25 has been found; -Dostiary.java25=FOLDER names one");
    return found.orElseThrow();
  }

  private static Optional<Path> named() {
    return Stream.of(System.getProperty("ostiary.java25"), System.getenv("JAVA_HOME_25_X64"))
        .filter(Objects::nonNull)
        .map(Path::of)
        .filter(Jdk25::isOne)
        .findFirst();
  }

  private static Optional<Path> lyingAbout() {
    return PLACES.stream()
        .flatMap(Jdk25::in)
        .flatMap(folder -> Stream.of(folder, folder.resolve("Contents/Home")))
        .filter(Jdk25::isOne)
        .findFirst();
  }

  private static Stream<Path> in(Path place) {
    try (Stream<Path> folders = Files.isDirectory(place) ? Files.list(place) : Stream.empty()) {
      return folders.sorted().toList().stream();
    } catch (IOException unreadable) {
      return Stream.empty();
    }
  }

  private static boolean isOne(Path folder) {
    try {
      return Files.isExecutable(folder.resolve("bin/java"))
          && Files.readString(folder.resolve("release")).contains("JAVA_VERSION=\"25");
    } catch (IOException unreadable) {
      return false;
    }
  }
}
