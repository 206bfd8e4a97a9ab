package io.ostiary.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressSetTest {

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          203.0.113.7, 203.0.113.7, true
          203.0.113.7, 203.0.113.8, false
          203.0.113.7, ::ffff:203.0.113.7, true
          ::ffff:203.0.113.7, 203.0.113.7, true
          203.0.113.0/24, 203.0.113.0, true
          203.0.113.0/24, 203.0.113.255, true
          203.0.113.0/24, 203.0.112.255, false
          203.0.113.0/24, 203.0.114.0, false
          203.0.113.7/32, 203.0.113.7, true
          0.0.0.0/0, 198.51.100.1, true
          0.0.0.0/0, 2001:db8::1, false
          ::ffff:203.0.113.0/120, 203.0.113.9, true
          ::ffff:203.0.113.0/120, 203.0.114.9, false
          2001:db8::/32, 2001:db8:ffff::1, true
          2001:db8::/32, 2001:db9::, false
          2001:db8::1/128, 2001:db8::1, true
          fe80::/10, fe80::1%eth0, true
          ::/0, 2001:db8::1, true
          ::/0, ::1, true
          ::/0, 203.0.113.7, false
          ::/80, 203.0.113.7, false
          ::/80, ::1:0:0:1, false
          ::/80, ::fffe:ffff:ffff, true
          ::fffe:0:0/95, ::fffe:1.2.3.4, true
          ::fffe:0:0/95, 1.2.3.4, false
          ::ffff:0:0/96, 1.2.3.4, true
          """)
  void holds_what_its_entry_spells(String entry, String address, boolean held) { // A1
    assertThat(AddressSet.of(List.of(entry)).contains(address(address))).isEqualTo(held);
  }

  @Test
  void holds_nothing_when_the_list_is_empty() {
    AddressSet none = AddressSet.of(List.of());

    assertThat(none.contains(address("203.0.113.7"))).isFalse();
    assertThat(none.contains(address("::"))).isFalse();
    assertThat(none.isAny()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0.0.0.0", "203.0.113.7", "::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"})
  void holds_everything_when_no_list_was_given(String address) {
    assertThat(AddressSet.ANY.contains(address(address))).isTrue();
    assertThat(AddressSet.ANY.isAny()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          203.0.113.7/24, 203.0.113.0/24 expected
          ::ffff:203.0.113.7/120, 203.0.113.0/24 expected
          2001:db8::1/32, 2001:db8::/32 expected
          203.0.113.0/33, a length from 0 to 32 expected
          2001:db8::/129, a length from 0 to 128 expected
          203.0.113.0/, a length from 0 to 32 expected
          203.0.113.0/024, a length from 0 to 32 expected
          203.0.113.0/-1, a length from 0 to 32 expected
          203.0.113.0/255.255.255.0, a length from 0 to 32 expected
          203.0.113.0/24/24, a length from 0 to 32 expected
          localhost, an IPv4 or IPv6 address or CIDR block expected
          203.0.113, an IPv4 or IPv6 address or CIDR block expected
          203.0.113.*, an IPv4 or IPv6 address or CIDR block expected
          '', an IPv4 or IPv6 address or CIDR block expected
          /24, an IPv4 or IPv6 address or CIDR block expected
          [2001:db8::1], 2001:db8::1 expected
          203.0.113.7:443, 203.0.113.7 expected
          fe80::1%eth0, fe80::1 expected
          """)
  void refuses_a_bad_entry_by_name_and_says_what_was_expected(String entry, String expected) { // A1
    List<String> entries = List.of("198.51.100.1", entry, "198.51.100.2");

    assertThatThrownBy(() -> AddressSet.of(entries))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining('"' + entry + '"')
        .hasMessageContaining(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 50, 2_000})
  void agrees_with_another_library_on_random_lists(int size) {
    Random random = new Random(size);
    List<IPAddress> blocks = new ArrayList<>();
    List<String> entries = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      Address address = near(random);
      int longest = address.isIpv4() ? 32 : 128;
      int prefix = longest - random.nextInt(longest + 1 - (address.isIpv4() ? 8 : 97));
      Address first = address.firstOfBlock(prefix + 128 - longest);
      entries.add(first + "/" + prefix);
      blocks.add(other(first).toPrefixBlock(prefix));
    }
    AddressSet set = AddressSet.of(entries);

    for (int i = 0; i < 2_000; i++) {
      Address address = near(random);
      IPAddress probe = other(address);
      boolean held = blocks.stream().anyMatch(block -> block.contains(probe));

      assertThat(set.contains(address)).as("%s in %s", address, set).isEqualTo(held);
    }
  }

  @Test
  void finds_each_of_a_hundred_thousand_entries_and_none_between_them() {
    List<String> entries = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      entries.add(Address.ipv4(2 * i).text());
    }
    AddressSet set = AddressSet.of(entries);

    for (int i = 0; i < 100_000; i++) {
      assertThat(set.contains(Address.ipv4(2 * i))).isTrue();
      assertThat(set.contains(Address.ipv4(2 * i + 1))).isFalse();
    }
  }

  @Test
  void names_its_entries_as_they_were_written() {
    assertThat(AddressSet.of(List.of("2001:DB8::/32", "203.0.113.7")))
        .hasToString("[2001:DB8::/32, 203.0.113.7]");
    assertThat(AddressSet.ANY).hasToString("any");
  }

  /** Addresses that lie close enough together to meet. */
  private static Address near(Random random) {
    return random.nextBoolean()
        ? Address.ipv4(0xcb007100 + random.nextInt(1 << 12))
        : new Address(0x20010db8_00000000L, random.nextInt(1 << 12) * 0x0001_0000_0001L);
  }

  private static IPAddress other(Address address) {
    return new IPAddressString(address.text()).getAddress();
  }

  private static Address address(String text) {
    return Objects.requireNonNull(Address.parse(text), text);
  }
}
