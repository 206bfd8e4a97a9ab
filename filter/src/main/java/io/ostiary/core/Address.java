package io.ostiary.core;

import org.jspecify.annotations.Nullable;

/**
 * An IP address as 128 bits, the first of them highest; an IPv4 address and its IPv4-mapped IPv6 form are the same (RFC 4291
 * section 2.5.5.2). Ordered as an unsigned number.
 */
record Address(long high, long low) implements Comparable<Address> {

  private static final long MAPPED = 0xffffL;

  /** The number of bits that an IPv4-mapped address has before those of the IPv4 address. */
  static final int MAPPED_PREFIX = 96;

  static final Address FIRST_IPV4 = ipv4(0);
  static final Address LAST_IPV4 = ipv4(-1);

  /** The IPv4 address of 32 bits. */
  static Address ipv4(int bits) {
    return new Address(0, MAPPED << 32 | Integer.toUnsignedLong(bits));
  }

  /**
   * The address that a literal spells, as forwarding headers and containers write it: bare, in brackets, with a port, an IPv6
   * address with a zone, which is dropped. Anything else is {@code null}; host names are never looked up.
   */
  static @Nullable Address parse(String literal) {
    return AddressReader.endpoint(literal);
  }

  /** The address that a literal spells with nothing around it, or {@code null}. */
  static @Nullable Address parseBare(String literal) {
    return AddressReader.bare(literal);
  }

  boolean isIpv4() {
    return high == 0 && low >>> 32 == MAPPED;
  }

  /** The first address of the block that shares the first {@code prefix} bits, 0 to 128. */
  Address firstOfBlock(int prefix) {
    return new Address(high & highMask(prefix), low & lowMask(prefix));
  }

  /** The last address of the block that shares the first {@code prefix} bits, 0 to 128. */
  Address lastOfBlock(int prefix) {
    return new Address(high | ~highMask(prefix), low | ~lowMask(prefix));
  }

  private static long highMask(int prefix) {
    return prefix == 0 ? 0 : -1L << (64 - Math.min(prefix, 64));
  }

  private static long lowMask(int prefix) {
    return prefix <= 64 ? 0 : -1L << (128 - prefix);
  }

  @Override
  public int compareTo(Address other) {
    int byHigh = Long.compareUnsigned(high, other.high);
    return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
  }

  /** The one spelling that RFC 5952 recommends; dotted decimal for IPv4. */
  String text() {
    return isIpv4() ? dotted() : grouped();
  }

  private String dotted() {
    return (low >>> 24 & 0xff)
        + "."
        + (low >>> 16 & 0xff)
        + "."
        + (low >>> 8 & 0xff)
        + "."
        + (low & 0xff);
  }

  private String grouped() {
    int gap = longestZeroRun();
    int gapEnd = gap + zeroRun(gap);
    StringBuilder text = new StringBuilder(39);
    for (int i = 0; i < 8; i++) {
      if (i == gap) {
        text.append("::");
        i = gapEnd - 1;
      } else {
        if (i > 0 && i != gapEnd) {
          text.append(':');
        }
        text.append(Integer.toHexString(group(i)));
      }
    }
    return text.toString();
  }

  /** Where the first of the longest runs of zero groups begins; 8 if no run has two (RFC 5952 section 4.2). */
  private int longestZeroRun() {
    int best = 8;
    int length = 1;
    for (int i = 0; i < 8; i++) {
      if (zeroRun(i) > length) {
        best = i;
        length = zeroRun(i);
      }
    }
    return best;
  }

  private int zeroRun(int from) {
    int to = from;
    while (to < 8 && group(to) == 0) {
      to++;
    }
    return to - from;
  }

  private int group(int index) {
    long half = index < 4 ? high : low;
    return (int) ((half >>> (16 * (3 - (index & 3)))) & 0xffff);
  }

  @Override
  public String toString() {
    return text();
  }
}
