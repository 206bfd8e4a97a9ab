package io.ostiary.tests.sdk;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Node with the clients for it, which npm fetches once, as the lock file has them. Whoever has neither needs neither: the tests are
 * left out, saying why, unless {@code -Dostiary.node.required=true} says that they must run.
 */
final class Node {

  /** Clients may ask for a newer one, and do with this. */
  private static final int OLDEST = 20;

  private static final Path FOLDER =
      Path.of(System.getProperty("ostiary.node.folder", "target/node"));
  private static final String WHAT_IS_MISSING = prepare();

  private Node() {}

  /** Whether tests with Node are to run. */
  static boolean isWanted() {
    boolean wanted = WHAT_IS_MISSING.isEmpty() || Boolean.getBoolean("ostiary.node.required");
    if (!wanted) {
      System.out.println("The clients for Node are left out: " + WHAT_IS_MISSING);
    }
    return wanted;
  }

  /** The folder in which scripts find the clients. */
  static Path folder() {
    if (!WHAT_IS_MISSING.isEmpty()) {
      throw new AssertionError(WHAT_IS_MISSING);
    }
    return FOLDER;
  }

  private static String prepare() {
    try {
      Path lock = FOLDER.resolve("package-lock.json");
      Path installed = FOLDER.resolve("node_modules").resolve("installed-lock.json");
      String version = run(List.of("node", "--version"));
      if (Integer.parseInt(version.replaceAll("^v(\\d+)\\..*", "$1")) < OLDEST) {
        return "node is " + version + ", older than " + OLDEST;
      }
      if (!Files.exists(installed) || Files.mismatch(lock, installed) >= 0) {
        run(
            List.of(
                "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"));
        Files.copy(lock, installed);
      }
      return "";
    } catch (IOException | NumberFormatException missing) {
      return String.valueOf(missing.getMessage());
    }
  }

  private static String run(List<String> command) throws IOException {
    Path output = Files.createTempFile("node", ".txt");
    ProcessBuilder builder = new ProcessBuilder(command).directory(FOLDER.toFile());
    Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    try {
      boolean ended = process.waitFor(3, TimeUnit.MINUTES);
      String text = Files.readString(output, UTF_8).strip();
      if (!ended || process.exitValue() != 0) {
        throw new IOException(String.join(" ", command) + " failed: " + text);
      }
      return text;
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
      throw new IOException(hurried);
    } finally {
      process.destroy();
      Files.delete(output);
    }
  }
}
