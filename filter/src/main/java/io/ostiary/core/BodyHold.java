package io.ostiary.core;

/**
 * What the body of one call takes of the memory for bodies: as much as has been made room for, not what was declared. Given back
 * once, by whichever thread comes first.
 */
final class BodyHold {

  private final BodyMemory memory;
  private long bytes;

  BodyHold(BodyMemory memory) {
    this.memory = memory;
  }

  /** Takes more, if there is so much. */
  synchronized boolean grow(long more) {
    if (!memory.take(more, bytes)) {
      return false;
    }
    bytes += more;
    return true;
  }

  /** Gives all back; idempotent. */
  synchronized void letGo() {
    if (bytes > 0) {
      memory.giveBack(bytes);
      bytes = 0;
    }
  }

  synchronized boolean isEmpty() {
    return bytes == 0;
  }
}
