package io.ostiary.core;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where a guard's figures are put up for its operator to read, by JMX, until it is closed.
 *
 * <p>They are put up a while after the guard was opened, on a thread that ends then: to make the JVM's first MBean server takes it up
 * to a tenth of a second, which is not to be added to the start of a server. Nothing here names a type of {@code java.management},
 * since a Java without that module guards all the same; {@link BoardEntry} does.
 */
final class NoticeBoard implements AutoCloseable {

  /** By then most servers are up. */
  private static final long UNHURRIED_MILLIS = 3_000;

  private final GuardMXBean figures;
  private final Log log;
  private final CountDownLatch closed = new CountDownLatch(1);

  /** Guarded by {@code this}. */
  private @Nullable AutoCloseable entry;

  NoticeBoard(GuardMXBean figures, Log log) {
    this.figures = figures;
    this.log = log;
  }

  /**
   * Puts the figures up before long.
   *
   * @param context the path of the web application that they are of, or {@code null} if they are of all servers in this JVM
   */
  void putUpLater(@Nullable String context) {
    Thread thread = new Thread(null, () -> awaitAndPutUp(context), "ostiary-figures", 0, false);
    thread.setDaemon(true);
    // It must not hold the class loader of the web app that happened to start it.
    thread.setContextClassLoader(null);
    thread.start();
  }

  private void awaitAndPutUp(@Nullable String context) {
    try {
      if (!closed.await(UNHURRIED_MILLIS, TimeUnit.MILLISECONDS)) {
        putUp(context);
      }
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }

  /** Puts the figures up now, unless this has been closed. Never throws: a guard without figures is a guard. */
  synchronized void putUp(@Nullable String context) {
    if (closed.getCount() == 0 || entry != null) {
      return;
    }
    try {
      entry = BoardEntry.of(figures, context);
    } catch (NoClassDefFoundError missing) {
      log.info("this Java has no JMX (java.management): no figures can be read by it");
    } catch (Throwable cause) {
      log.error("the guard's figures cannot be read by JMX", cause);
    }
  }

  @Override
  public void close() {
    closed.countDown();
    takeDown();
  }

  private synchronized void takeDown() {
    AutoCloseable last = entry;
    entry = null;
    if (last == null) {
      return;
    }
    try {
      last.close();
    } catch (Throwable cause) {
      log.error("the guard's figures could not be taken from JMX", cause);
    }
  }
}
