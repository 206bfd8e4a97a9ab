package io.ostiary.core;

import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds whose address a call comes from. Forwarding headers are a client's own word unless the peer is a trusted proxy; then
 * they are read from the right, where the nearest proxy wrote, and the first address that is no trusted proxy is the client.
 * What stands left of it is the client's word again, and never read.
 */
final class ClientAddress {

  private ClientAddress() {}

  /**
   * The client's address, or {@code null} where it cannot be known: the peer has no IP address, or a trusted proxy sent a
   * forwarding header that makes no sense, has more than {@value ForwardedHops#MOST} hops, or contradicts the other one.
   */
  static @Nullable Address of(Call call, TrustedProxies proxies) {
    String header = proxies.header();
    return header == null ? of(call, proxies.addresses()) : of(call, proxies.addresses(), header);
  }

  /** By one header alone, whatever others say. */
  private static @Nullable Address of(Call call, AddressSet trustedProxies, String header) {
    Address peer = Address.parse(call.peer());
    if (peer == null || !trustedProxies.contains(peer)) {
      return peer;
    }
    Iterator<String> lines = call.forwarded(header);
    List<String> hops =
        header.equalsIgnoreCase(ForwardedHops.STANDARD)
            ? ForwardedHops.standard(lines)
            : ForwardedHops.listed(lines);
    return hops == null ? null : client(hops, peer, trustedProxies);
  }

  /** By the two headers that everybody uses. */
  private static @Nullable Address of(Call call, AddressSet trustedProxies) {
    Address peer = Address.parse(call.peer());
    if (peer == null || !trustedProxies.contains(peer)) {
      return peer;
    }
    Iterator<String> listed = call.forwarded(ForwardedHops.LISTED);
    Iterator<String> standard = call.forwarded(ForwardedHops.STANDARD);
    if (!listed.hasNext() && !standard.hasNext()) {
      return peer;
    }
    List<String> oneWay = ForwardedHops.listed(listed);
    List<String> otherWay = ForwardedHops.standard(standard);
    if (oneWay == null || otherWay == null) {
      return null;
    }
    return agreed(oneWay, otherWay, peer, trustedProxies);
  }

  /** Two headers are never mixed: each must lead to the same address, unless it says nothing. */
  private static @Nullable Address agreed(
      List<String> oneWay, List<String> otherWay, Address peer, AddressSet trustedProxies) {
    if (otherWay.isEmpty()) {
      return client(oneWay, peer, trustedProxies);
    }
    Address client = client(otherWay, peer, trustedProxies);
    boolean agree =
        oneWay.isEmpty() || Objects.equals(client, client(oneWay, peer, trustedProxies));
    return agree ? client : null;
  }

  private static @Nullable Address client(List<String> hops, Address peer, AddressSet trusted) {
    Address nearest = peer;
    for (int i = hops.size() - 1; i >= 0 && trusted.contains(nearest); i--) {
      Address hop = Address.parse(hops.get(i));
      if (hop == null) {
        return null;
      }
      nearest = hop;
    }
    return nearest;
  }
}
