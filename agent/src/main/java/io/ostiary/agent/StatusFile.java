package io.ostiary.agent;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The file that tells probes how the guard stands, if the system property {@code ostiary.agent.status} names one. It is of one
 * JVM: what another has written that still runs, and has a server, is left alone; what one has left behind that is gone is taken
 * away by the next, whatever becomes of that one itself.
 */
final class StatusFile {

  private static final String SETTING = "ostiary.agent.status";
  private static final String WAITS = "state = " + Armament.WAITING;

  /** Which JVM it is of; process numbers come again, above all in containers. */
  private static final String OWNER = "process = ";

  private final Console console;
  private final @Nullable Path file;
  private boolean troubled;

  private StatusFile(@Nullable Path file, Console console) {
    this.file = file;
    this.console = console;
  }

  /** The one that is asked for. */
  static StatusFile asked(Console console) {
    String given = System.getProperty(SETTING, "");
    try {
      return new StatusFile(given.isBlank() ? null : Path.of(given).toAbsolutePath(), console);
    } catch (InvalidPathException unusable) {
      console.warn(SETTING + " = " + given + " is no file name: no status is written");
      return new StatusFile(null, console);
    }
  }

  /** Takes it away at the JVM's orderly end. */
  void goesWithTheJvm() {
    if (file != null) {
      Runtime.getRuntime().addShutdownHook(new Thread(this::forget, "ostiary-status"));
    }
  }

  /**
   * Writes it whole.
   *
   * @param text begins with the line of its state
   */
  void write(String text) {
    if (file == null) {
      return;
    }
    try {
      List<String> there = lines();
      if (isAnothers(there) && (!there.contains(WAITS) || text.startsWith(WAITS))) {
        trouble("tells of another JVM that runs; none is written for this one");
        return;
      }
      Path next = file.resolveSibling(file.getFileName() + ".new");
      Files.write(next, (text + OWNER + owner() + "\n").getBytes(StandardCharsets.UTF_8));
      replace(next, file);
      troubled = false;
    } catch (IOException | RuntimeException cause) {
      trouble("cannot be written: " + cause);
    }
  }

  /** Takes away what this JVM has written, or one that is gone. */
  void forget() {
    try {
      if (file != null && Files.exists(file) && !isAnothers(lines())) {
        Files.delete(file);
      }
    } catch (IOException | RuntimeException cause) {
      trouble("cannot be taken away: " + cause);
    }
  }

  private List<String> lines() throws IOException {
    return file != null && Files.exists(file)
        ? Files.readAllLines(file, StandardCharsets.UTF_8)
        : List.of();
  }

  private void trouble(String what) {
    if (!troubled) {
      troubled = true;
      console.warn("the status file " + file + " " + what);
    }
  }

  /** Whether it is of a JVM that runs, and is not this one. */
  private static boolean isAnothers(List<String> lines) {
    for (String line : lines) {
      if (line.startsWith(OWNER)) {
        String owner = line.substring(OWNER.length());
        return !owner.equals(owner()) && runs(owner);
      }
    }
    return false;
  }

  private static boolean runs(String owner) {
    try {
      return ProcessHandle.of(Long.parseLong(owner.split(" ", 2)[0]))
          .map(StatusFile::owner)
          .filter(owner::equals)
          .isPresent();
    } catch (NumberFormatException unreadable) {
      return false;
    }
  }

  private static String owner() {
    return owner(ProcessHandle.current());
  }

  private static String owner(ProcessHandle process) {
    return process.pid()
        + " since "
        + process.info().startInstant().map(Instant::toString).orElse("an unknown time");
  }

  private static void replace(Path next, Path file) throws IOException {
    try {
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException plain) {
      Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
