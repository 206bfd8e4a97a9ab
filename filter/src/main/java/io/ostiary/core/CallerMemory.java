package io.ostiary.core;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of callers from one policy to the next: where keys are known, who has guessed, and what was signed. Only the
 * operator's file makes it grow. The table of keys is used under the guard's reload lock.
 */
final class CallerMemory {

  /** How many signatures of all keys together are remembered. */
  static final int MOST_SIGNATURES = 1 << 20;

  final FailedKeys failedKeys;
  final Peers peers;
  private final int mostSignatures;
  private final Map<String, Origins> origins = new HashMap<>();

  /** What keys have signed, each for itself; those that sign no more remember nothing, but what they have forgotten. */
  private final Map<String, Replays> replays = new HashMap<>();

  /**
   * A memory of nothing.
   *
   * @param nanoTime a monotonic clock
   * @param seed a secret number
   */
  CallerMemory(LongSupplier nanoTime, long seed, Log log) {
    this(nanoTime, seed, log, MOST_SIGNATURES);
  }

  CallerMemory(LongSupplier nanoTime, long seed, Log log, int mostSignatures) {
    this.mostSignatures = mostSignatures;
    failedKeys = new FailedKeys(nanoTime, seed);
    peers = new Peers(log);
  }

  /** Where a key is known. */
  Origins origins(String tag) {
    return origins.computeIfAbsent(tag, key -> new Origins());
  }

  /** What a key has signed, or {@code null} if it does not sign. */
  @Nullable Replays replays(String tag) {
    return replays.get(tag);
  }

  /**
   * Shares the memory of signatures out among the keys that sign, alike: one that signs more than its share, or with dates yet to
   * come, makes nobody's calls too old but its own.
   */
  void share(Set<String> signers) {
    signers.forEach(tag -> replays.computeIfAbsent(tag, key -> new Replays(0)));
    int most = mostSignatures / Math.max(1, signers.size());
    replays.forEach((tag, signed) -> signed.holdAtMost(signers.contains(tag) ? most : 0));
  }

  /** Forgets keys that are no longer in the file. */
  void retain(Set<String> tags) {
    origins.keySet().retainAll(tags);
  }
}
