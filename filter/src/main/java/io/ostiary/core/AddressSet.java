package io.ostiary.core;

import java.util.List;

/** An allowlist of addresses and CIDR blocks. */
final class AddressSet {

  /** No list was given: every address is on it. */
  static final AddressSet ANY = new AddressSet();

  /**
   * The set of one entry each.
   *
   * @throws IllegalArgumentException naming the entry and what is wrong with it
   */
  static AddressSet of(List<String> entries) {
    throw new UnsupportedOperationException(entries.toString());
  }

  boolean contains(Address address) {
    throw new UnsupportedOperationException(address.toString());
  }

  boolean isAny() {
    return this == ANY;
  }
}
