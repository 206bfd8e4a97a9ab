package io.ostiary.agent;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM of its own, with what it said. Its class path is the {@link Probe}, copied away from everything of ours. */
final class ChildJvm {

  private final Path directory;
  private final List<String> command = new ArrayList<>();

  /** A JVM that will run in a directory. */
  ChildJvm(Path directory) {
    this.directory = directory;
    command.add(tool("java"));
  }

  /** The path of one of the JDK's tools. */
  static String tool(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }

  ChildJvm with(String... arguments) {
    command.addAll(List.of(arguments));
    return this;
  }

  /** Runs the probe until it is through. */
  Said probe() {
    return start().end();
  }

  /** Starts the probe and leaves it waiting. */
  Running start() {
    String file = Probe.class.getName().replace('.', '/') + ".class";
    Path copy = directory.resolve("probe").resolve(file);
    try (InputStream in = Probe.class.getClassLoader().getResourceAsStream(file)) {
      Files.createDirectories(copy.getParent());
      Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return with("-cp", directory.resolve("probe").toString(), Probe.class.getName()).run();
  }

  /** Runs whatever the command is now. */
  Running run() {
    File out = directory.resolve("out").toFile();
    File err = directory.resolve("err").toFile();
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectOutput(out)
              .redirectError(err)
              .start();
      return new Running(process, out.toPath(), err.toPath());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a JVM has said by its end. */
  record Said(int exit, String out, String err) {}

  /** A JVM on its way. */
  record Running(Process process, Path out, Path err) {

    /** What standard error holds so far. */
    String errors() {
      try {
        return Files.readString(err);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Looks at standard error until it holds a text, for at most 30 seconds or the JVM's life. */
    void awaitErrors(String text) {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
      try {
        while (!errors().contains(text) && System.nanoTime() - end < 0) {
          if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
            return;
          }
        }
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    /** Closes its input and waits for its end. */
    Said end() {
      try {
        process.getOutputStream().close();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
          throw new AssertionError("the JVM did not end; it said: " + errors());
        }
        return new Said(
            process.exitValue(), Files.readString(out, StandardCharsets.UTF_8), errors());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      } finally {
        process.destroyForcibly();
      }
    }
  }
}
