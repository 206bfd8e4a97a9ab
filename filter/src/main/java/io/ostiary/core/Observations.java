package io.ostiary.core;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What would have been refused if it were not only observed: counted by reason, and told to the operator at once, but no more
 * often than every ten seconds a reason.
 */
final class Observations {

  private static final long PAUSE_NANOS = 10_000_000_000L;

  private final LongSupplier nanoTime;
  private final Log log;
  private final Map<Reason, Count> counts = new EnumMap<>(Reason.class);

  private static final class Count {
    final LongAdder calls = new LongAdder();
    final AtomicLong nextLine;

    Count(long now) {
      nextLine = new AtomicLong(now);
    }
  }

  /** Observations told to a log, on a monotonic clock in nanoseconds. */
  Observations(LongSupplier nanoTime, Log log) {
    this.nanoTime = nanoTime;
    this.log = log;
    long now = nanoTime.getAsLong();
    for (Reason reason : Reason.values()) {
      counts.put(reason, new Count(now));
    }
  }

  /**
   * One more call would have been refused.
   *
   * @param tag of its key, or {@code null} if that is not known
   */
  void note(Reason reason, @Nullable String tag, String path) {
    Count count = count(reason);
    count.calls.increment();
    long now = nanoTime.getAsLong();
    long due = count.nextLine.get();
    if (now - due >= 0 && count.nextLine.compareAndSet(due, now + PAUSE_NANOS)) {
      log.info(
          "observed: would refuse with "
              + reason
              + " a call "
              + (tag == null ? "without a known key" : "of key " + tag)
              + " to "
              + Problems.printable(path)
              + "; "
              + count.calls.sum()
              + " such calls so far");
    }
  }

  /** How many calls would have been refused for a reason. */
  long calls(Reason reason) {
    return count(reason).calls.sum();
  }

  private Count count(Reason reason) {
    return Objects.requireNonNull(counts.get(reason));
  }
}
