package io.ostiary.core;

import java.util.ArrayList;
import java.util.List;

/**
 * An allowlist of addresses and CIDR blocks, as sorted ranges. IPv4 addresses are on it by entries in IPv4 or mapped form
 * only: a short IPv6 block such as {@code ::/0} means IPv6, though its bits span the mapped addresses too.
 */
final class AddressSet {

  /** No list was given: every address is on it. */
  static final AddressSet ANY = new AddressSet(List.of(), new long[] {0, 0, -1, -1});

  /** How many longs one range takes in {@link #bounds}: the first address and the last. */
  private static final int RANGE = 4;

  private final List<String> entries;
  private final long[] bounds;

  private AddressSet(List<String> entries, long[] bounds) {
    this.entries = entries;
    this.bounds = bounds;
  }

  /**
   * The set of one entry each; no entries, no addresses.
   *
   * @throws IllegalArgumentException naming the entry and what is wrong with it
   */
  static AddressSet of(List<String> entries) {
    List<AddressBlock> blocks = new ArrayList<>(entries.size());
    for (String entry : entries) {
      blocks.addAll(AddressBlock.parse(entry).withoutForeign());
    }
    blocks.sort(AddressBlock.BY_FIRST);
    return new AddressSet(List.copyOf(entries), bounds(blocks));
  }

  private static long[] bounds(List<AddressBlock> sorted) {
    List<AddressBlock> ranges = new ArrayList<>();
    for (AddressBlock block : sorted) {
      int last = ranges.size() - 1;
      if (last >= 0 && ranges.get(last).reaches(block)) {
        ranges.set(last, ranges.get(last).merge(block));
      } else {
        ranges.add(block);
      }
    }
    long[] bounds = new long[ranges.size() * RANGE];
    int at = 0;
    for (AddressBlock range : ranges) {
      bounds[at++] = range.first().high();
      bounds[at++] = range.first().low();
      bounds[at++] = range.last().high();
      bounds[at++] = range.last().low();
    }
    return bounds;
  }

  /** Takes time by the logarithm of the number of ranges, and allocates nothing. */
  boolean contains(Address address) {
    int from = 0;
    int to = bounds.length / RANGE;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (compare(address, middle * RANGE) < 0) {
        to = middle;
      } else {
        from = middle + 1;
      }
    }
    return from > 0 && compare(address, (from - 1) * RANGE + 2) <= 0;
  }

  private int compare(Address address, int at) {
    int byHigh = Long.compareUnsigned(address.high(), bounds[at]);
    return byHigh != 0 ? byHigh : Long.compareUnsigned(address.low(), bounds[at + 1]);
  }

  /** Whether every address is on the list because none was given. */
  boolean isAny() {
    return this == ANY;
  }

  /** Whether no address is on the list. */
  boolean isEmpty() {
    return bounds.length == 0;
  }

  /** The entries as the operator wrote them. */
  List<String> entries() {
    return entries;
  }

  @Override
  public String toString() {
    return this == ANY ? "any" : entries.toString();
  }
}
