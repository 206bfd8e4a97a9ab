package io.ostiary.agent;

import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether every container class that is there carries its hook, and says so if there is no server at all: a guard that is off
 * must not be off in silence. Classes can be there before any transformer is asked, from an ahead-of-time cache for one. It looks
 * for a while after the start, and later when a server's class has been loaded or transformed anew.
 */
final class Watch implements Runnable {

  private static final String WARN_AFTER = "ostiary.agent.warn-after";
  private static final long PATIENCE = 60;
  private static final long SETTLED = TimeUnit.SECONDS.toNanos(1);

  /** How often a class must be found without its hook for that to be believed. */
  private static final int LOOKS = 3;

  private final Instrumentation jvm;
  private final Weaver weaver;
  private final OwnServers servers;
  private final Armament armament;
  private final Console console;
  private final JettyStart jettyStart = new JettyStart();
  private final Semaphore news = new Semaphore(0);
  private final Set<Class<?>> proven = Collections.newSetFromMap(new WeakHashMap<>());
  private @Nullable Proof proof;

  Watch(
      Instrumentation jvm, Weaver weaver, OwnServers servers, Armament armament, Console console) {
    this.servers = servers;
    this.jvm = jvm;
    this.weaver = weaver;
    this.armament = armament;
    this.console = console;
    weaver.onWeaving(news::release);
  }

  /** Hooks what is loaded already. */
  void weaveLoaded() {
    for (Class<?> loaded : jvm.getAllLoadedClasses()) {
      if (loaded.getClassLoader() != null) {
        jettyStart.meet(loaded);
        if (weaver.isAbout(loaded)) {
          weaver.meet(loaded);
          if (weaver.misses(loaded)) {
            weave(loaded);
          }
        }
        servers.meet(loaded);
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
      long patience = TimeUnit.SECONDS.toNanos(patience());
      long start = System.nanoTime();
      long pause = SETTLED;
      for (long left = patience; left > 0; left = patience - (System.nanoTime() - start)) {
        pause = awaitNews(Math.min(pause, left)) ? SETTLED : 2 * pause;
        look();
      }
      if (weaver.isIdle() && patience > 0 && !jettyStart.explainsItsAbsence()) {
        console.warn(nothingSeen(TimeUnit.NANOSECONDS.toSeconds(patience)));
      }
      while (true) {
        if (awaitNews(Long.MAX_VALUE)) {
          look();
        }
      }
    } catch (InterruptedException asked) {
      Thread.currentThread().interrupt();
    } catch (Throwable cause) {
      console.error("the watch over the hooks failed", cause);
    }
  }

  /** Whether a server's class has been loaded; by the time of the answer it is there, and most likely its neighbours. */
  private boolean awaitNews(long nanos) throws InterruptedException {
    if (!news.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
      return false;
    }
    TimeUnit.NANOSECONDS.sleep(SETTLED);
    news.drainPermits();
    return true;
  }

  private void look() throws InterruptedException {
    try {
      lookAtAll();
    } catch (RuntimeException | LinkageError cause) {
      // The next look may do better.
      console.error("a look at the hooks failed", cause);
    }
  }

  private void lookAtAll() throws InterruptedException {
    weaveLoaded();
    weaver.transformedAnew().forEach(this::doubt);
    for (Class<?> loaded : jvm.getAllLoadedClasses()) {
      if (weaver.isAbout(loaded) && weaver.guardsBy(loaded) && proven.add(loaded)) {
        prove(loaded);
      }
    }
    if (weaver.isIdle()) {
      jettyStart.warning().ifPresent(console::warn);
    }
    armament.tell();
  }

  private void prove(Class<?> loaded) throws InterruptedException {
    try {
      Proof there = proof();
      if (carries(() -> there.isCarriedBy(loaded), SETTLED)) {
        armament.finds(loaded.getName());
      } else {
        weaver.cannotGuard(loaded.getName(), notIn());
      }
    } catch (ReflectiveOperationException | RuntimeException hidden) {
      armament.cannotTell(loaded.getName(), hidden);
    }
  }

  /**
   * Whether a class carries its hook, and not only for the moment. One look can be wrong: another agent may be having the class
   * transformed just now, so that it has been given its hook and is not yet exchanged for what carries it, or its constants are
   * exchanged while they are read. What was wrong once ends the JVM, so it has to be wrong for a while.
   */
  static boolean carries(Look look, long pauseNanos)
      throws ReflectiveOperationException, InterruptedException {
    for (int looks = 1; looks < LOOKS; looks++) {
      if (look.finds()) {
        return true;
      }
      TimeUnit.NANOSECONDS.sleep(pauseNanos);
    }
    return look.finds();
  }

  /** One look at a class. */
  interface Look {

    boolean finds() throws ReflectiveOperationException;
  }

  private Proof proof() throws ReflectiveOperationException {
    Proof there = proof;
    if (there == null) {
      there = new Proof(jvm);
      proof = there;
    }
    return there;
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

  /**
   * What was proven of a class is not, once others have had it transformed anew: the JVM keeps the constants of what it was before,
   * and shows nobody what the last of them has made of it.
   */
  private void doubt(Class<?> loaded) {
    console.warn(
        "another agent has had "
            + loaded.getName()
            + " transformed anew: NOBODY CAN TELL WHETHER IT STILL GUARDS; ask it without a key");
    armament.cannotTell(loaded.getName(), new IllegalStateException("transformed anew"));
  }

  private void weave(Class<?> loaded) {
    try {
      weaver.weaveAnew(loaded, jvm);
    } catch (UnmodifiableClassException | RuntimeException | LinkageError refused) {
      weaver.cannotGuard(loaded.getName(), refused);
      return;
    }
    if (weaver.misses(loaded)) {
      weaver.cannotGuard(loaded.getName(), notIn());
    }
  }

  private static IllegalStateException notIn() {
    return new IllegalStateException("the hook is not in; another agent may have taken it out");
  }

  private static String nothingSeen(long seconds) {
    return "NOTHING IS GUARDED: "
        + seconds
        + " s after the start no Tomcat or Jetty has been seen in this JVM. If the server runs in a JVM that this one"
        + " started (Jetty's start.jar with --exec or --jpms), set JAVA_TOOL_OPTIONS=-javaagent:… instead.";
  }
}
