package io.ostiary.core;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.TokensInheritanceStrategy;
import io.github.bucket4j.local.SynchronizationStrategy;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * The owner of every budget, by scope and kind; with {@link RateMeter} the only place that knows Bucket4j. Scopes come from the
 * operator's file alone, so nobody else can make them grow. Used under the guard's reload lock.
 */
final class Meters {

  private final TimeMeter clock;
  private final LongSupplier nanoTime;
  private final Map<Id, Held> buckets = new HashMap<>();
  private final Map<Id, RunningCalls> running = new HashMap<>();

  /** Meters on a monotonic clock in nanoseconds. */
  Meters(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    clock = new Monotonic(nanoTime);
  }

  /** Which budget: a scope such as {@code key/acme} and what is counted there. */
  private record Id(String scope, Limit.Kind kind) {

    // Written out, and no other record is compared on the way to a server's start: what the JDK
    // links at run time to compare the first one is a tenth of what we add to that start.
    @Override
    public boolean equals(Object other) {
      return other instanceof Id id && id.kind == kind && id.scope.equals(scope);
    }

    @Override
    public int hashCode() {
      return 31 * scope.hashCode() + kind.hashCode();
    }
  }

  private record Held(Limit limit, Bucket bucket) {}

  private record Monotonic(LongSupplier nanoTime) implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      return nanoTime.getAsLong();
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }
  }

  /** The budgets of one policy; remembers which were asked for, so that {@link #retire} can drop the others. */
  final class Binding {

    private final Set<Id> inUse = new HashSet<>();

    /** The meters of a scope, in the order in which they are drawn on. A budget that was there before keeps its level. */
    Meter[] bind(String scope, List<Limit> limits) {
      Meter[] meters = new Meter[limits.size()];
      for (int i = 0; i < meters.length; i++) {
        Limit limit = limits.get(i);
        Id id = new Id(scope, limit.kind());
        inUse.add(id);
        meters[i] =
            limit.kind().countsRunning()
                ? new ConcurrencyMeter(limit, running(id))
                : new RateMeter(limit, bucket(id, limit));
      }
      return meters;
    }

    /** Forgets budgets that the policy no longer names, once they are full: one in use comes back as it was left. */
    void retire() {
      buckets
          .entrySet()
          .removeIf(
              held ->
                  !inUse.contains(held.getKey())
                      && held.getValue().bucket().getAvailableTokens()
                          >= held.getValue().limit().burst());
      running
          .entrySet()
          .removeIf(held -> !inUse.contains(held.getKey()) && held.getValue().running() == 0);
    }
  }

  Binding binding() {
    return new Binding();
  }

  private RunningCalls running(Id id) {
    return running.computeIfAbsent(id, unseen -> new RunningCalls(nanoTime));
  }

  private Bucket bucket(Id id, Limit limit) {
    Held held = buckets.get(id);
    Bucket bucket = held == null ? create(limit) : held.bucket();
    if (held != null && !held.limit().equals(limit)) {
      bucket.replaceConfiguration(
          BucketConfiguration.builder().addLimit(bandwidth(limit)).build(),
          TokensInheritanceStrategy.AS_IS);
    }
    buckets.put(id, new Held(limit, bucket));
    return bucket;
  }

  private Bucket create(Limit limit) {
    return Bucket.builder()
        .addLimit(bandwidth(limit))
        .withCustomTimePrecision(clock)
        .withSynchronizationStrategy(SynchronizationStrategy.SYNCHRONIZED)
        .build();
  }

  /** Ids let a balance survive a change of the numbers. */
  private static Bandwidth bandwidth(Limit limit) {
    return Bandwidth.builder()
        .capacity(limit.burst())
        .refillGreedy(limit.count(), limit.kind().period())
        .id(limit.kind().name())
        .build();
  }
}
