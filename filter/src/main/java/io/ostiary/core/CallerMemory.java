package io.ostiary.core;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * What is remembered of callers from one policy to the next: where keys are known, who has guessed, and what was signed. Only the
 * operator's file makes it grow. The table of keys is used under the guard's reload lock.
 */
final class CallerMemory {

  private static final int MOST_SIGNATURES = 1 << 20;

  final FailedKeys failedKeys;
  final Replays replays = new Replays(MOST_SIGNATURES);
  final Peers peers;
  private final Map<String, Origins> origins = new HashMap<>();

  /**
   * A memory of nothing.
   *
   * @param nanoTime a monotonic clock
   * @param seed a secret number
   */
  CallerMemory(LongSupplier nanoTime, long seed, Log log) {
    failedKeys = new FailedKeys(nanoTime, seed);
    peers = new Peers(log);
  }

  /** Where a key is known. */
  Origins origins(String tag) {
    return origins.computeIfAbsent(tag, key -> new Origins());
  }

  /** Forgets keys that are no longer in the file. */
  void retain(Set<String> tags) {
    origins.keySet().retainAll(tags);
  }
}
