package io.ostiary.core;

import java.util.Comparator;
import java.util.List;

/** The addresses from a first to a last one, both included. */
record AddressBlock(Address first, Address last) {

  static final Comparator<AddressBlock> BY_FIRST = (one, other) -> one.first.compareTo(other.first);

  /**
   * The block that an entry of an allowlist spells: an address, or a CIDR block without host bits (RFC 4632 section 3.1).
   *
   * @throws IllegalArgumentException naming the entry and what was expected
   */
  static AddressBlock parse(String entry) {
    int slash = entry.indexOf('/');
    String literal = slash < 0 ? entry : entry.substring(0, slash);
    Address address = Address.parseBare(literal);
    if (address == null) {
      throw refusal(entry, "is no address; " + expected(literal));
    }
    if (slash < 0) {
      return new AddressBlock(address, address);
    }
    int bits = literal.indexOf(':') < 0 ? 32 : 128;
    int prefix = prefix(entry, slash + 1, bits) + 128 - bits;
    Address first = address.firstOfBlock(prefix);
    if (first.compareTo(address) != 0) {
      throw refusal(entry, "has bits after its prefix; " + text(first, prefix) + " expected");
    }
    return new AddressBlock(first, first.lastOfBlock(prefix));
  }

  private static int prefix(String entry, int from, int bits) {
    int length = entry.length() - from;
    int prefix = length < 1 || length > 3 ? bits + 1 : 0;
    for (int i = from; i < entry.length() && prefix <= bits; i++) {
      char c = entry.charAt(i);
      prefix = c >= '0' && c <= '9' ? prefix * 10 + c - '0' : bits + 1;
    }
    boolean leadingZero = length > 1 && entry.charAt(from) == '0';
    if (prefix > bits || leadingZero) {
      throw refusal(entry, "has a wrong prefix; a length from 0 to " + bits + " expected after /");
    }
    return prefix;
  }

  private static String text(Address first, int prefix) {
    return first + "/" + (first.isIpv4() ? prefix - Address.MAPPED_PREFIX : prefix);
  }

  /** What was probably meant, where something else that is an address of some kind was written. */
  private static String expected(String literal) {
    Address meant = Address.parse(literal);
    return meant != null
        ? meant + " expected, without brackets, port or zone"
        : "an IPv4 or IPv6 address or CIDR block expected, such as 203.0.113.7, 203.0.113.0/24"
            + " or 2001:db8::/32";
  }

  private static IllegalArgumentException refusal(String entry, String problem) {
    return new IllegalArgumentException('"' + entry + "\" " + problem);
  }

  /** This block without the IPv4 addresses, if it is a block of IPv6 addresses that spans theirs. */
  List<AddressBlock> withoutForeign() {
    boolean spans =
        first.compareTo(Address.FIRST_IPV4) < 0 && last.compareTo(Address.FIRST_IPV4) >= 0;
    if (!spans) {
      return List.of(this);
    }
    AddressBlock before = new AddressBlock(first, before(Address.FIRST_IPV4));
    return last.compareTo(Address.LAST_IPV4) == 0
        ? List.of(before)
        : List.of(before, new AddressBlock(after(Address.LAST_IPV4), last));
  }

  /** Whether another block, which begins no earlier, begins in this one. */
  boolean reaches(AddressBlock next) {
    return last.compareTo(next.first) >= 0;
  }

  AddressBlock merge(AddressBlock next) {
    return next.last.compareTo(last) > 0 ? new AddressBlock(first, next.last) : this;
  }

  private static Address before(Address address) {
    return new Address(address.high(), address.low() - 1);
  }

  private static Address after(Address address) {
    return new Address(address.high(), address.low() + 1);
  }
}
