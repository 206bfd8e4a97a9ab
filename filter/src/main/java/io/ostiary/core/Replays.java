package io.ostiary.core;

import java.util.Map;
import java.util.TreeMap;

/**
 * The signatures of one key that were accepted lately, by the second of their date. What cannot be remembered any more is refused
 * from then on, not forgotten: when there are too many, those with the oldest dates go, and whatever is dated no later than they
 * were is too old.
 *
 * <p>Guarded by its own lock. Only who has a token can make it grow. A restart forgets, and other servers do not know.
 */
final class Replays {

  /** How long the same signature is taken again: clients that sign by the second make the same one for equal calls. */
  static final long REPEAT_SECONDS = 10;

  private int most;
  private final TreeMap<Long, SeenSignatures> bySecond = new TreeMap<>();
  private int size;

  /** The last second of which nothing is known any more. */
  private long forgotten = Long.MIN_VALUE;

  /** @param most how many signatures are remembered, some 8 to 32 bytes each */
  Replays(int most) {
    this.most = most;
  }

  /** Remembers fewer from now on, or may remember more. */
  synchronized void holdAtMost(int most) {
    this.most = most;
    shrink();
  }

  private void shrink() {
    while (size > most) {
      forgetUntil(bySecond.firstKey());
    }
  }

  /** What is to be said of a signature. */
  enum Verdict {
    /** It may be accepted. */
    FRESH,
    /** Its date is too far from now, or too old to be remembered. */
    TOO_OLD,
    /** It was accepted more than {@value Replays#REPEAT_SECONDS} seconds ago, or, by a clock that was set back, from now. */
    REPLAYED
  }

  /**
   * Judges a signature that is known to be genuine, and remembers it.
   *
   * @param now seconds since the epoch
   * @param age how far its date may be from now, in seconds
   */
  synchronized Verdict judge(EasSignature signature, long now, long age) {
    forgetUntil(now - age - 1);
    long second = signature.second();
    if (Math.abs(now - second) > age || second <= forgotten) {
      return Verdict.TOO_OLD;
    }
    SeenSignatures seen = bySecond.computeIfAbsent(second, SeenSignatures::new);
    long first = seen.firstSeen(signature.fingerprint(), now);
    if (first >= 0) {
      // A clock that was set back must not let in again what was seen before that.
      return Math.abs(now - first) <= REPEAT_SECONDS ? Verdict.FRESH : Verdict.REPLAYED;
    }
    size++;
    shrink();
    return second <= forgotten ? Verdict.TOO_OLD : Verdict.FRESH;
  }

  private void forgetUntil(long second) {
    while (!bySecond.isEmpty() && bySecond.firstKey() <= second) {
      Map.Entry<Long, SeenSignatures> oldest = bySecond.pollFirstEntry();
      forgotten = Math.max(forgotten, oldest.getKey());
      size -= oldest.getValue().size();
    }
  }

  /** How many signatures are remembered. */
  synchronized int size() {
    return size;
  }
}
