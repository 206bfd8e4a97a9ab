package io.ostiary.core;

import org.jspecify.annotations.Nullable;

/** Finds whose address a call comes from. */
final class ClientAddress {

  private ClientAddress() {}

  /** The client's address, or {@code null} when a trusted proxy sent a forwarding header that makes no sense. */
  static @Nullable Address of(Call call, AddressSet trustedProxies) {
    throw new UnsupportedOperationException(call.peer() + trustedProxies.isAny());
  }
}
