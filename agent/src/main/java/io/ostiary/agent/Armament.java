package io.ostiary.agent;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How the guard stands in this JVM: which container classes are loaded, and whether each carries its hook. The system property
 * {@code ostiary.agent.status} names a file that tells it to probes; without it nobody is told.
 *
 * <p>Its state is guarded by itself. The file is written by whoever has found something out, whole each time, and goes with the
 * JVM's orderly end: one that is not there means that nothing is guarded.
 */
final class Armament {

  private static final String SETTING = "ostiary.agent.status";
  private static final String ARMED = "armed";
  private static final String NOT_ARMED = "not armed: ";
  private static final String UNCHECKED = "unchecked";

  private final Console console;
  private final @Nullable Path file;
  private final String policy;
  private final Map<String, String> classes = new TreeMap<>();
  private String servers = "";
  private boolean unwritable;

  /**
   * Of a guard that is about to look for servers.
   *
   * @param policy the file that it guards by
   */
  Armament(String policy, Console console) {
    this.policy = policy;
    this.console = console;
    this.file = file(System.getProperty(SETTING, ""), console);
    if (file != null) {
      file.toFile().deleteOnExit();
    }
  }

  private static @Nullable Path file(String given, Console console) {
    try {
      return given.isBlank() ? null : Path.of(given).toAbsolutePath();
    } catch (InvalidPathException unusable) {
      console.warn(SETTING + " = " + given + " is no file name: no status is written");
      return null;
    }
  }

  /** A server has been met. */
  synchronized void meets(String server) {
    servers += servers.isEmpty() ? server : ", " + server;
  }

  /** A class has been given its hook as it was loaded; whether it has it has not been looked at. */
  synchronized void gives(String type) {
    classes.putIfAbsent(type, UNCHECKED);
  }

  /** A loaded class has been looked at, and carries its hook. */
  synchronized void finds(String type) {
    if (isUnchecked(type)) {
      classes.put(type, ARMED);
    }
  }

  /** A loaded class could not be looked at; most likely it carries its hook, which it was given. */
  synchronized void cannotTell(String type, Throwable why) {
    if (isUnchecked(type)) {
      classes.put(type, UNCHECKED + ": " + oneLine(why));
    }
  }

  /** A class goes without its hook, and calls may pass it. */
  synchronized void misses(String type, Throwable why) {
    classes.put(type, NOT_ARMED + oneLine(why));
  }

  private boolean isUnchecked(String type) {
    return !classes.getOrDefault(type, "").startsWith(NOT_ARMED);
  }

  /** An exception's text may have several lines. */
  private static String oneLine(Throwable why) {
    return String.valueOf(why).lines().findFirst().orElse("");
  }

  /** What a probe is to go by: one word or two for the whole, and a line for each class. */
  synchronized String text() {
    StringBuilder text = new StringBuilder("state = ").append(state()).append('\n');
    text.append("pid = ").append(ProcessHandle.current().pid()).append('\n');
    text.append("policy = ").append(policy).append('\n');
    text.append("servers = ").append(servers).append('\n');
    classes.forEach((type, how) -> text.append(type).append(" = ").append(how).append('\n'));
    return text.toString();
  }

  private String state() {
    if (classes.values().stream().anyMatch(how -> how.startsWith(NOT_ARMED))) {
      return "not armed";
    }
    return servers.isEmpty() ? "waiting for a server" : ARMED;
  }

  /** Writes the file, if there is to be one. */
  synchronized void tell() {
    if (file == null) {
      return;
    }
    try {
      Path next = file.resolveSibling(file.getFileName() + ".new");
      Files.write(next, text().getBytes(StandardCharsets.UTF_8));
      replace(next, file);
      unwritable = false;
    } catch (IOException | RuntimeException cause) {
      if (!unwritable) {
        unwritable = true;
        console.warn("the status file cannot be written: " + cause);
      }
    }
  }

  private static void replace(Path next, Path file) throws IOException {
    try {
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException plain) {
      Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
