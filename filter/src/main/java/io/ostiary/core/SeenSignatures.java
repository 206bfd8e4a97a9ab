package io.ostiary.core;

/**
 * The signatures of one second, each in one long: 50 bits of its fingerprint, and when it was first seen, in seconds from this one.
 * A set with open addressing; {@link Replays} guards it.
 */
final class SeenSignatures {

  private static final int TIME_BITS = 13;
  private static final long EARLIEST = 1 << (TIME_BITS - 1);
  private static final long TIME = (1 << TIME_BITS) - 1;

  /** Set in every entry, so that none is zero. */
  private static final long TAKEN = 1 << TIME_BITS;

  private static final long FINGERPRINT = -TAKEN << 1;

  private final long second;
  private long[] table = new long[4];
  private int size;

  SeenSignatures(long second) {
    this.second = second;
  }

  int size() {
    return size;
  }

  /**
   * When a signature was first seen, or −1 if that is now: then it is put in.
   *
   * @param now within 4,095 seconds of this second, either way
   */
  long firstSeen(long fingerprint, long now) {
    long bits = fingerprint & FINGERPRINT;
    int at = place(bits, table);
    if (table[at] != 0) {
      return second + (table[at] & TIME) - EARLIEST;
    }
    table[at] = bits | TAKEN | (now - second + EARLIEST);
    size++;
    if (size * 2 > table.length) {
      grow();
    }
    return -1;
  }

  private static int place(long bits, long[] table) {
    int at = (int) (bits >>> 32) & (table.length - 1);
    while (table[at] != 0 && (table[at] & FINGERPRINT) != bits) {
      at = (at + 1) & (table.length - 1);
    }
    return at;
  }

  private void grow() {
    long[] larger = new long[table.length * 2];
    for (long entry : table) {
      if (entry != 0) {
        larger[place(entry & FINGERPRINT, larger)] = entry;
      }
    }
    table = larger;
  }
}
