package io.ostiary.core;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * The last few origins from which a key has been accepted. Who guesses keys uses up the budget of an address that others may
 * share with him; those who are known there are let in all the same. Any thread may use it; a race costs no more than that an
 * origin is noted twice.
 */
final class Origins {

  private static final int MOST = 8;

  private final AtomicLongArray origins = new AtomicLongArray(MOST);
  private final AtomicInteger next = new AtomicInteger();

  /** The peer of the last call, for which nothing has to be noted again. */
  private volatile @Nullable String peer;

  /** Whether this is the peer of the call that was noted last. */
  boolean wasLast(String peer) {
    return peer.equals(this.peer);
  }

  /**
   * The key has been accepted.
   *
   * @param peer the literal address of the peer, if it is that of the origin; otherwise {@code null}
   */
  void note(long origin, @Nullable String peer) {
    if (!contain(origin)) {
      origins.set(next.getAndIncrement() & (MOST - 1), origin);
    }
    this.peer = peer;
  }

  boolean contain(long origin) {
    for (int i = 0; i < MOST; i++) {
      if (origins.get(i) == origin) {
        return true;
      }
    }
    return false;
  }
}
