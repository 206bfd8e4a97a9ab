package io.ostiary.agent;

import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.concurrent.TimeUnit;

/**
 * Looks, for a while after the start, whether every container class that is there carries its hook, and says so if there is
 * none at all: a guard that is off must not be off in silence. Classes can be there before any transformer is asked, from an
 * ahead-of-time cache for one.
 */
final class Watch implements Runnable {

  private static final String WARN_AFTER = "ostiary.agent.warn-after";
  private static final long PATIENCE = 60;

  private final Instrumentation jvm;
  private final Weaver weaver;
  private final Console console;

  Watch(Instrumentation jvm, Weaver weaver, Console console) {
    this.jvm = jvm;
    this.weaver = weaver;
    this.console = console;
  }

  /** Hooks what is loaded already. */
  void weaveLoaded() {
    for (Class<?> loaded : jvm.getAllLoadedClasses()) {
      if (loaded.getClassLoader() != null) {
        weaver.meet(loaded);
        if (weaver.misses(loaded)) {
          weave(loaded);
        }
      }
    }
  }

  /** Begins to watch, on a thread that holds neither the JVM nor the application's class loader. */
  void start() {
    Thread thread = new Thread(null, this, "ostiary-watch", 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(null);
    thread.start();
  }

  @Override
  public void run() {
    try {
      long patience = patience();
      long passed = 0;
      for (long next = 1; passed < patience; next *= 2) {
        long pause = Math.min(next, patience - passed);
        TimeUnit.SECONDS.sleep(pause);
        passed += pause;
        weaveLoaded();
      }
      if (weaver.isIdle() && passed > 0) {
        console.warn(nothingSeen(passed));
      }
    } catch (InterruptedException asked) {
      Thread.currentThread().interrupt();
    } catch (Throwable cause) {
      console.error("the watch over the hooks failed", cause);
    }
  }

  /** Seconds until a missing server is spoken of; 0 for never. */
  private long patience() {
    String given = System.getProperty(WARN_AFTER);
    if (given == null) {
      return PATIENCE;
    }
    try {
      return Math.min(Long.parseUnsignedLong(given), TimeUnit.DAYS.toSeconds(1));
    } catch (NumberFormatException unclear) {
      console.warn(
          WARN_AFTER
              + " = "
              + given
              + ": a whole number of seconds was expected; "
              + PATIENCE
              + " is used");
      return PATIENCE;
    }
  }

  private void weave(Class<?> loaded) {
    try {
      jvm.retransformClasses(loaded);
    } catch (UnmodifiableClassException | LinkageError refused) {
      weaver.cannotGuard(loaded.getName(), refused);
      return;
    }
    if (weaver.misses(loaded)) {
      weaver.cannotGuard(loaded.getName(), new IllegalStateException("the hook is not in"));
    }
  }

  private static String nothingSeen(long seconds) {
    return "NOTHING IS GUARDED: "
        + seconds
        + " s after the start no Tomcat or Jetty has been seen in this JVM. If the server runs in a JVM that this one"
        + " started (Jetty's start.jar with --exec or --jpms), set JAVA_TOOL_OPTIONS=-javaagent:… instead.";
  }
}
