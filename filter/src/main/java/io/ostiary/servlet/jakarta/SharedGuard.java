package io.ostiary.servlet.jakarta;

import io.ostiary.core.Guard;
import io.ostiary.core.PolicyException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One guard for all filters with the same policy file, so that two of them do not hand out its limits twice. It is closed with
 * the last of them. The table of those that are open is guarded by its own lock.
 */
final class SharedGuard implements AutoCloseable {

  private static final String USUAL_PLACES = "";
  private static final Map<String, SharedGuard> OPEN = new HashMap<>();

  private final String name;
  private final Guard guard;
  private final Thread drainsAtExit;
  private int holders;

  private SharedGuard(String name, Guard guard) {
    this.name = name;
    this.guard = guard;
    this.drainsAtExit = guard.drainsAtExit();
  }

  /**
   * The guard by a policy file, opened if no filter has it open yet.
   *
   * @param file {@code null} for the one in the usual places
   * @param context tells the path of the web application, by which the figures of a guard that it opens are told apart
   */
  static SharedGuard open(@Nullable Path file, Supplier<@Nullable String> context)
      throws PolicyException {
    synchronized (OPEN) {
      String name = file == null ? USUAL_PLACES : nameOf(file);
      SharedGuard shared = OPEN.get(name);
      if (shared == null) {
        SystemLog log = new SystemLog();
        shared = new SharedGuard(name, Guard.open(file, log));
        OPEN.put(name, shared);
        introduce(shared.guard, log);
        shared.guard.showFigures(context.get());
      }
      shared.holders++;
      return shared;
    }
  }

  /** The hook would keep this class loader, and with it all of the web application that has gone. */
  private void letExitBe() {
    try {
      Runtime.getRuntime().removeShutdownHook(drainsAtExit);
    } catch (IllegalStateException exiting) {
      // Then the JVM goes as well.
    }
  }

  private static void introduce(Guard guard, SystemLog log) {
    guard.announce("web applications");
    Path own = guard.file();
    String agents = System.getProperty(Guard.AGENT_POLICY);
    if (agents != null && own != null && !nameOf(own).equals(nameOf(Path.of(agents)))) {
      log.warn(
          "POLICY WITHOUT EFFECT: "
              + own
              + " is not asked on servers that the agent in this JVM guards; there its own holds, "
              + agents);
    }
  }

  private static String nameOf(Path file) {
    try {
      return file.toRealPath().toString();
    } catch (IOException unreadable) {
      return file.toAbsolutePath().normalize().toString();
    }
  }

  Guard guard() {
    return guard;
  }

  /** One filter less; called once by each. */
  @Override
  public void close() {
    synchronized (OPEN) {
      if (--holders == 0) {
        OPEN.remove(name);
        guard.close();
        letExitBe();
      }
    }
  }
}
