package io.ostiary.core;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that the bodies of all calls together may take, in bytes. Nobody waits for it: what does not fit is refused. One body
 * alone always fits, whatever the limit, so that none is refused for ever; its route bounds it.
 *
 * <p>Its counter and its limit are each read and changed at once, by any thread.
 */
final class BodyMemory {

  private final AtomicLong held = new AtomicLong();
  private volatile long limit;

  /** Memory of which nothing is taken. */
  BodyMemory(long limit) {
    this.limit = limit;
  }

  /** Another limit from now on; what is held stays so. */
  void resize(long limit) {
    this.limit = limit;
  }

  /** The part of one call, of nothing so far. */
  BodyHold hold() {
    return new BodyHold(this);
  }

  /**
   * Takes some, if there is so much.
   *
   * @param own what the same body has taken before
   */
  boolean take(long bytes, long own) {
    long before = held.get();
    while (before + bytes <= limit || before == own) {
      if (held.compareAndSet(before, before + bytes)) {
        return true;
      }
      before = held.get();
    }
    return false;
  }

  void giveBack(long bytes) {
    held.addAndGet(-bytes);
  }

  /** How much is taken. */
  long held() {
    return held.get();
  }
}
