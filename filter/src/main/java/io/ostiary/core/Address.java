package io.ostiary.core;

import org.jspecify.annotations.Nullable;

/** An IP address as 128 bits; an IPv4 address and its IPv4-mapped IPv6 form are the same (RFC 4291 section 2.5.5.2). */
record Address(long high, long low) {

  /** The address that a literal spells, or {@code null}: host names are never looked up. */
  static @Nullable Address parse(String literal) {
    throw new UnsupportedOperationException(literal);
  }
}
