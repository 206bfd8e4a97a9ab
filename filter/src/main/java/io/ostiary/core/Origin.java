package io.ostiary.core;

import org.jspecify.annotations.Nullable;

/**
 * Where calls come from, as far as guessing keys goes, as 64 bits that are never zero: an IPv4 address, or the /64 of an IPv6
 * address, of which one subscriber commonly has all. Calls whose address cannot be known have one origin together.
 */
final class Origin {

  private static final long UNKNOWN = -1;

  private Origin() {}

  static long of(@Nullable Address address) {
    if (address == null) {
      return UNKNOWN;
    }
    long bits = address.isIpv4() ? address.low() : address.high();
    return bits == 0 ? UNKNOWN : bits;
  }
}
