package io.ostiary.tests.field;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Servers as this machine's Debian packages them, unpacked into a folder with all of Java that they depend on, and not installed: for
 * that nobody has to be root. Left out where there is no apt, or no such package in the release.
 */
final class DebianPackages {

  private static final Path PLACE =
      Path.of(System.getProperty("servers")).resolveSibling("packages").toAbsolutePath();

  /** What the packages would be installed below. */
  private final Path root;

  private DebianPackages(Path root) {
    this.root = root;
  }

  /** One package with what it depends on. */
  static DebianPackages of(String name) throws Exception {
    Path folder = PLACE.resolve(name);
    Path root = folder.resolve("root");
    if (!Files.exists(folder.resolve("there.txt"))) {
      Files.createDirectories(root);
      List<String> download = new ArrayList<>(List.of("apt-get", "download", "-q"));
      download.addAll(needed(folder, name));
      Assumptions.assumeTrue(
          run(folder, download) != null, () -> "the package " + name + " cannot be downloaded");
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.filter(each -> each.toString().endsWith(".deb")).toList()) {
          run(folder, List.of("dpkg-deb", "-x", file.toString(), root.toString()));
        }
      }
      lead(root);
      Files.writeString(folder.resolve("there.txt"), name);
    }
    return new DebianPackages(root);
  }

  /** What lies at an absolute path once the package is installed. */
  Path at(String installed) {
    return root.resolve(installed.substring(1));
  }

  /** The package, those named like it, and libraries for Java: not the Java that Debian would have. */
  private static List<String> needed(Path folder, String name) throws Exception {
    String told =
        run(
            folder,
            List.of(
                "apt-cache",
                "depends",
                "--recurse",
                "--no-recommends",
                "--no-suggests",
                "--no-conflicts",
                "--no-breaks",
                "--no-replaces",
                "--no-enhances",
                name));
    Assumptions.assumeTrue(told != null, "there is no apt here, or it knows no " + name);
    List<String> packages =
        told.lines()
            .filter(line -> line.matches("lib[a-z0-9.+-]*-java|" + name + "[a-z-]*"))
            .distinct()
            .toList();
    Assumptions.assumeTrue(
        packages.contains(name), () -> "this release of Debian has no package " + name);
    return packages;
  }

  /** Answers what it wrote, or {@code null} if it failed or is not there at all. */
  private static String run(Path folder, List<String> command) throws Exception {
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? told : null;
    } catch (IOException missing) {
      return null;
    }
  }

  /** Leads the class path of a jar, which Debian's jars have from the root of the file system on, to this one. */
  void leadClassPath(String installed) throws IOException {
    try (FileSystem jar = FileSystems.newFileSystem(at(installed).toRealPath())) {
      Path file = jar.getPath("META-INF/MANIFEST.MF");
      Manifest manifest;
      try (InputStream in = Files.newInputStream(file)) {
        manifest = new Manifest(in);
      }
      String path = manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
      if (path.startsWith("/usr/")) {
        manifest
            .getMainAttributes()
            .put(
                Attributes.Name.CLASS_PATH, path.replace("/usr/", root.toUri().getPath() + "usr/"));
        try (OutputStream out = Files.newOutputStream(file)) {
          manifest.write(out);
        }
      }
    }
  }

  /** Links that begin at the root of the file system are led to this one. */
  private static void lead(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path link : files.filter(Files::isSymbolicLink).toList()) {
        Path target = Files.readSymbolicLink(link);
        if (target.isAbsolute()) {
          Files.delete(link);
          Files.createSymbolicLink(link, root.resolve(target.toString().substring(1)));
        }
      }
    }
  }
}
