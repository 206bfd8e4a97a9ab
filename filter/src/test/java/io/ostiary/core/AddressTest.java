package io.ostiary.core;

import static org.assertj.core.api.Assertions.assertThat;

import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {

  /** The other library without its kindness. */
  private static final IPAddressStringParameters STRICT =
      new IPAddressStringParameters.Builder()
          .allow_inet_aton(false)
          .getIPv6AddressParametersBuilder()
          .allowUnlimitedLeadingZeros(false)
          .getEmbeddedIPv4AddressParametersBuilder()
          .allowLeadingZeros(false)
          .getEmbeddedIPv4AddressParentBuilder()
          .getParentBuilder()
          .toParams();

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          0.0.0.0, 0.0.0.0
          203.0.113.10, 203.0.113.10
          255.255.255.255, 255.255.255.255
          203.0.113.10:4711, 203.0.113.10
          203.0.113.10:_hidden, 203.0.113.10
          ::, ::
          ::1, ::1
          1::, 1::
          0:0:0:0:0:0:0:1, ::1
          2001:DB8:0:0:8:800:200C:417A, 2001:db8::8:800:200c:417a
          2001:0db8:0000:0000:0000:ff00:0042:8329, 2001:db8::ff00:42:8329
          2001:db8:1:1:1:1:1:1, 2001:db8:1:1:1:1:1:1
          2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1
          2001:0:0:1:0:0:0:1, 2001:0:0:1::1
          2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1
          1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0
          ::2:3:4:5:6:7:8, 0:2:3:4:5:6:7:8
          ::1.2.3.4, ::102:304
          64:ff9b::192.0.2.33, 64:ff9b::c000:221
          1:2:3:4:5:6:1.2.3.4, 1:2:3:4:5:6:102:304
          fe80::1%eth0, fe80::1
          fe80::1%25eth0.7, fe80::1
          [2001:db8::1], 2001:db8::1
          [2001:db8::1]:443, 2001:db8::1
          [fe80::1%2]:443, fe80::1
          [::ffff:203.0.113.10]:8080, 203.0.113.10
          """)
  void spells_every_literal_in_the_one_recommended_way(String literal, String text) { // A1
    Address address = Address.parse(literal);

    assertThat(address).isNotNull().hasToString(text).isEqualTo(Address.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"::ffff:203.0.113.10", "::FFFF:cb00:710a", "0:0:0:0:0:ffff:cb00:710a"})
  void takes_an_ipv4_address_and_its_mapped_form_for_the_same(String mapped) { // A1
    assertThat(Address.parse(mapped)).isEqualTo(Address.parse("203.0.113.10"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "localhost",
        "example.com",
        "unknown",
        "_hidden",
        "garbage",
        "1",
        "16909060",
        "0x7f.0.0.1",
        "127.1",
        "1.2.3",
        "1.2.3.4.5",
        "1.2.3.",
        ".1.2.3",
        "1..2.3",
        "01.2.3.4",
        "1.2.3.04",
        "1.2.3.256",
        "1.2.3.1000",
        "1.2.3.-4",
        " 1.2.3.4",
        "1.2.3.4 ",
        "1.2.3.4/32",
        "1.2.3.4:",
        "1.2.3.4:65536",
        "1.2.3.4:080808",
        "1.2.3.4:8o",
        "1.2.3.4:_",
        "1.2.3.4%eth0",
        "١.٢.٣.٤",
        ":",
        ":::",
        "::1::",
        "1::2::3",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7:8::",
        "::1:2:3:4:5:6:7:8",
        ":1:2:3:4:5:6:7:8",
        "1:2:3:4:5:6:7:8:",
        "1:2:3:4:5:6:7:",
        "::12345",
        "::g",
        "::１",
        "::1.2.3",
        "::01.2.3.4",
        "1.2.3.4::",
        "::1.2.3.4:5",
        "1:2:3:4:5:6:7:1.2.3.4",
        "::1%",
        "::1%et h0",
        "::1 ",
        "[::1",
        "::1]",
        "[]",
        "[::1]443",
        "[::1]:",
        "[::1]:99999",
        "[1.2.3.4]",
        "[[::1]]"
      })
  void knows_no_address_in_anything_else_and_looks_nothing_up(String text) { // A1
    assertThat(Address.parse(text)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[::1]", "::1%eth0", "1.2.3.4:80", "[::1]:80"})
  void takes_nothing_around_a_bare_literal(String text) {
    assertThat(Address.parse(text)).isNotNull();
    assertThat(Address.parseBare(text)).isNull();
  }

  @Test
  void agrees_with_another_parser_on_random_addresses() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      Address address = randomAddress(random);
      var other = new IPAddressString(address.text()).getAddress();

      assertThat(other.toCanonicalString()).isEqualTo(address.text());
      if (!address.isIpv4()) {
        assertThat(Address.parse(other.toFullString())).isEqualTo(address);
        assertThat(Address.parse(other.toIPv6().toMixedString())).isEqualTo(address);
      }
    }
  }

  @Test
  void agrees_with_another_parser_on_what_is_an_ipv6_address() {
    Random random = new Random(11);
    String[] pieces = {":", "::", "0", "1", "ffff", "abcd", ":", "1.2.3.4", ":2", "f:"};
    for (int i = 0; i < 50_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = random.nextInt(12); j >= 0; j--) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      if (text.indexOf("::") >= 0 || text.indexOf(":") != text.lastIndexOf(":")) {
        boolean valid = new IPAddressString(text.toString(), STRICT).isIPv6();

        assertThat(Address.parse(text.toString()) != null).as("%s", text).isEqualTo(valid);
      }
    }
  }

  /** With zero groups and IPv4 addresses more often than chance would have them. */
  static Address randomAddress(Random random) {
    if (random.nextInt(4) == 0) {
      return Address.ipv4(random.nextInt());
    }
    return new Address(half(random), half(random));
  }

  private static long half(Random random) {
    long half = random.nextLong();
    for (int group = 0; group < 4; group++) {
      long kept = random.nextBoolean() ? 0xffffL : 0;
      half &= ~(0xffffL << (16 * group)) | (kept << (16 * group));
    }
    return half;
  }
}
