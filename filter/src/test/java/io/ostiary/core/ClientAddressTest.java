package io.ostiary.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {

  private static final AddressSet ADDRESSES = AddressSet.of(List.of("10.0.0.0/8", "fd00::/8"));
  private static final TrustedProxies PROXIES = new TrustedProxies(ADDRESSES, null);

  @ParameterizedTest
  @CsvSource(
      nullValues = "refuse",
      textBlock =
          """
          10.0.0.2, '203.0.113.10, 10.0.0.3', 203.0.113.10
          10.0.0.2, '192.0.2.200, 198.51.100.7', 198.51.100.7
          198.51.100.7, 192.0.2.200, 198.51.100.7
          10.0.0.2, garbage, refuse
          10.0.0.2, '203.0.113.10, garbage', refuse
          10.0.0.2, 'garbage, 203.0.113.10', 203.0.113.10
          10.0.0.2, 'garbage, 10.0.0.3', refuse
          10.0.0.2, '10.0.0.5, 10.0.0.3', 10.0.0.5
          10.0.0.2, '', 10.0.0.2
          10.0.0.2, ' , ', 10.0.0.2
          10.0.0.2, '203.0.113.10, ,10.0.0.3,', 203.0.113.10
          10.0.0.2, 203.0.113.10:4711, 203.0.113.10
          10.0.0.2, '[2001:db8::1]:4711, fd00::3', 2001:db8::1
          10.0.0.2, ::ffff:203.0.113.10, 203.0.113.10
          10.0.0.2, unknown, refuse
          10.0.0.2, 203.0.113.010, refuse
          ::ffff:10.0.0.2, 203.0.113.10, 203.0.113.10
          [fd00::2%eth0], 203.0.113.10, 203.0.113.10
          198.51.100.7, garbage, 198.51.100.7
          """)
  void reads_the_list_from_the_right_if_a_trusted_proxy_sent_it( // A2
      String peer, String header, @Nullable String client) {
    Call call = HeadOnlyCall.from(peer).with("X-Forwarded-For", header);

    assertThat(ClientAddress.of(call, PROXIES)).isEqualTo(address(client));
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.2", "203.0.113.10", "2001:db8::1", "::ffff:10.0.0.2"})
  void is_the_peer_without_a_header(String peer) { // A2
    assertThat(ClientAddress.of(HeadOnlyCall.from(peer), PROXIES)).isEqualTo(address(peer));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "unix:/run/app.sock", "proxy.example"})
  void is_unknown_if_the_peer_has_no_address(String peer) {
    Call call = HeadOnlyCall.from(peer).with("X-Forwarded-For", "203.0.113.10");

    assertThat(ClientAddress.of(call, PROXIES)).isNull();
  }

  @Test
  void joins_header_lines_in_their_order() { // A2
    HeadOnlyCall call = HeadOnlyCall.from("10.0.0.2");

    assertThat(
            ClientAddress.of(
                call.with("X-Forwarded-For", "192.0.2.200", "203.0.113.10, 10.0.0.3"), PROXIES))
        .isEqualTo(address("203.0.113.10"));
    assertThat(
            ClientAddress.of(
                call.with("Forwarded", "for=192.0.2.200", "for=203.0.113.10", "for=10.0.0.3"),
                PROXIES))
        .isEqualTo(address("203.0.113.10"));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "refuse",
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          for=203.0.113.10                                     | 203.0.113.10
          For="203.0.113.10:4711"; proto=https ;by=10.0.0.3    | 203.0.113.10
          for="[2001:db8::1]:4711", for=10.0.0.3               | 2001:db8::1
          for="[2001:db8::1]"                                  | 2001:db8::1
          for="203.0.113.1\\0"                                 | 203.0.113.10
          host="a,b;for=192.0.2.200";for=203.0.113.10          | 203.0.113.10
          for=192.0.2.200, for=198.51.100.7                    | 198.51.100.7
          for=unknown, for=203.0.113.10                        | 203.0.113.10
          ;for=203.0.113.10;                                   | 203.0.113.10
          , for=203.0.113.10 ,,                                | 203.0.113.10
          ''                                                   | 10.0.0.2
          for=unknown                                          | refuse
          for=_hidden                                          | refuse
          for=203.0.113.10, for=_hidden                        | refuse
          for=203.0.113.10:4711                                | refuse
          for=[2001:db8::1]                                    | refuse
          for=""                                               | refuse
          for=                                                 | refuse
          for                                                  | refuse
          for = 203.0.113.10                                   | refuse
          203.0.113.10                                         | refuse
          for=203.0.113.10;for=192.0.2.200                     | refuse
          for=203.0.113.10, proto=https                        | refuse
          for="203.0.113.10                                    | refuse
          for="203.0.113.10\\                                  | refuse
          for="203.0.113.10"x                                  | refuse
          for=192.0.2.200 for=203.0.113.10                     | refuse
          for="192.0.2.200, for=203.0.113.10                   | refuse
          """)
  void reads_the_standard_header_from_the_right( // A2
      String header, @Nullable String client) {
    Call call = HeadOnlyCall.from("10.0.0.2").with("Forwarded", header);

    assertThat(ClientAddress.of(call, PROXIES)).isEqualTo(address(client));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "refuse",
      delimiter = '|',
      textBlock =
          """
          203.0.113.10           | for=203.0.113.10                    | 203.0.113.10
          203.0.113.10, 10.0.0.3 | for=192.0.2.1, for=203.0.113.10     | 203.0.113.10
          203.0.113.10           | for=192.0.2.200                     | refuse
          203.0.113.10           | for=_hidden                         | refuse
          203.0.113.10           | for="                               | refuse
          garbage                | for=203.0.113.10                    | refuse
          ,                      | for=203.0.113.10                    | 203.0.113.10
          203.0.113.10           | ,                                   | 203.0.113.10
          """)
  void never_mixes_two_headers(String listed, String standard, @Nullable String client) { // A2
    Call call =
        HeadOnlyCall.from("10.0.0.2").with("X-Forwarded-For", listed).with("Forwarded", standard);

    assertThat(ClientAddress.of(call, PROXIES)).isEqualTo(address(client));
  }

  @ParameterizedTest
  @CsvSource(nullValues = "refuse", textBlock = "31, 203.0.113.10\n32, refuse")
  void reads_no_more_than_32_hops(int proxies, @Nullable String client) {
    List<String> hops =
        IntStream.rangeClosed(1, proxies).mapToObj(i -> "10.1.0." + i).collect(Collectors.toList());
    hops.add(0, "203.0.113.10");
    HeadOnlyCall call = HeadOnlyCall.from("10.0.0.2");

    assertThat(ClientAddress.of(call.with("X-Forwarded-For", String.join(",", hops)), PROXIES))
        .isEqualTo(address(client));
    assertThat(
            ClientAddress.of(call.with("Forwarded", "for=" + String.join(",for=", hops)), PROXIES))
        .isEqualTo(address(client));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "refuse",
      delimiter = '|',
      textBlock =
          """
          X-Real-IP | 203.0.113.10            | 203.0.113.10
          x-real-ip | 203.0.113.10            | 203.0.113.10
          X-Real-IP | 192.0.2.9, 203.0.113.10 | 203.0.113.10
          X-Real-IP | garbage                 | refuse
          X-Other   | 203.0.113.10            | 10.0.0.2
          """)
  void reads_one_named_header_alone(String sent, String value, @Nullable String client) { // A2
    Call call =
        HeadOnlyCall.from("10.0.0.2")
            .with(sent, value)
            .with("X-Forwarded-For", "192.0.2.200")
            .with("Forwarded", "for=192.0.2.201");

    assertThat(ClientAddress.of(call, new TrustedProxies(ADDRESSES, "X-Real-IP")))
        .isEqualTo(address(client));
  }

  @Test
  void reads_the_standard_header_by_its_own_rule_where_it_is_named() { // A2
    HeadOnlyCall call =
        HeadOnlyCall.from("10.0.0.2")
            .with("Forwarded", "for=\"[2001:db8::1]:4711\"")
            .with("X-Forwarded-For", "192.0.2.200");

    assertThat(ClientAddress.of(call, new TrustedProxies(ADDRESSES, "forwarded")))
        .isEqualTo(address("2001:db8::1"));
    assertThat(
            ClientAddress.of(
                HeadOnlyCall.from("198.51.100.7").with("X-Real-IP", "203.0.113.10"),
                new TrustedProxies(ADDRESSES, "X-Real-IP")))
        .isEqualTo(address("198.51.100.7"));
  }

  private static @Nullable Address address(@Nullable String text) {
    return text == null ? null : Address.parse(text);
  }
}
