package io.ostiary.core;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Follows the operator's files: a changed content becomes the policy in force, unless it has problems; then the last good
 * one stays, and the log says so once.
 *
 * <p>Owner of what was seen last; guarded by {@code this}. A file that is being written in place can be seen half written:
 * mostly that is a bad edit for one look. To be safe, move a finished file over the old one.
 */
final class PolicyWatch implements AutoCloseable {

  private final PolicyFile file;
  private final Consumer<Policy> follower;
  private final Log log;
  private final AtomicLong reloadFailures = new AtomicLong();
  private final CountDownLatch closed = new CountDownLatch(1);
  private Fingerprint seen;
  private volatile Duration interval;
  private @Nullable Thread thread;

  /**
   * @param first what is in force when the watch begins
   * @param policy of the first reading
   * @param follower puts a new policy in force
   */
  PolicyWatch(
      PolicyFile file, PolicyReading first, Policy policy, Consumer<Policy> follower, Log log) {
    this.file = file;
    this.seen = first.fingerprint();
    this.interval = policy.reloadInterval();
    this.follower = follower;
    this.log = log;
  }

  /**
   * Begins to look at the files by itself, unless the policy says never.
   *
   * @param eachTime what else is to be done every now and then, on the same thread; must not throw
   */
  synchronized void start(Runnable eachTime) {
    if (thread == null && !interval.isZero()) {
      thread = new Thread(null, () -> run(eachTime), "ostiary-policy", 0, false);
      thread.setDaemon(true);
      // The thread outlives web apps; it must not hold the class loader of the one that happened to
      // start it.
      thread.setContextClassLoader(null);
      thread.start();
    }
  }

  /** Looks at the files, once. Never throws. */
  synchronized void poll() {
    try {
      if (!seen.isCurrent()) {
        seen =
            seen.again(); // should reading fail in some unforeseen way, it is not tried again every
        // time
        PolicyReading reading = file.read();
        seen = reading.fingerprint();
        follow(reading);
      }
    } catch (RuntimeException | Error e) {
      log.error("the policy could not be looked at, the one in force stays" + oneMoreFailure(), e);
    }
  }

  private void follow(PolicyReading reading) {
    Policy policy = reading.policy();
    if (policy == null) {
      StringBuilder message = new StringBuilder("policy not reloaded, the one in force stays");
      message.append(oneMoreFailure()).append(':');
      reading.problems().forEach(problem -> message.append("\n  ").append(problem));
      log.warn(message.toString());
      return;
    }
    follower.accept(policy);
    interval = policy.reloadInterval();
    policy.mode().tell(log, "", "policy reloaded from " + file() + " (" + policy.counts() + ")");
  }

  private String oneMoreFailure() {
    long failures = reloadFailures.incrementAndGet();
    return " ("
        + failures
        + (failures == 1 ? " failed reload" : " failed reloads")
        + " since the start)";
  }

  /** The absolute path of the file that is followed. */
  Path file() {
    return file.path().toAbsolutePath();
  }

  /** Whether a thread of its own looks at the files. */
  synchronized boolean isLooking() {
    return thread != null && thread.isAlive();
  }

  /** How often a changed content did not become the policy. */
  long reloadFailures() {
    return reloadFailures.get();
  }

  private void run(Runnable eachTime) {
    try {
      while (!interval.isZero() && !closed.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
        poll();
        eachTime.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Stops looking; a look that has begun ends first. */
  @Override
  public void close() {
    closed.countDown();
  }
}
