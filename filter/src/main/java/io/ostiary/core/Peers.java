package io.ostiary.core;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Tells the operator, once, that the address of the socket is not what the guard sees of its peers. Any thread may use it. */
final class Peers {

  private final Log log;
  private final AtomicBoolean told = new AtomicBoolean();

  Peers(Log log) {
    this.log = log;
  }

  /** Looks at one more call whose address matters. */
  void look(Call call) {
    if (!told.get() && isHidden(call) && told.compareAndSet(false, true)) {
      log.warn(
          "ADDRESSES ARE NOT THOSE OF SOCKETS: the server itself replaces the peer's address by what a forwarding header says"
              + " (RemoteIpValve, ForwardedRequestCustomizer, server.forward-headers-strategy), before the filter can see it."
              + " Whom the server believes decides what addresses key.TAG.ips and key.failures go by, and trusted-proxies does"
              + " not. Switch that off and set trusted-proxies here, or use the agent, which sees the socket");
    }
  }

  /** A direct client has no reason to say of itself what its socket says; a rewritten peer says what a header said. */
  private static boolean isHidden(Call call) {
    if (call.peerSource() != PeerSource.UNSURE) {
      return call.peerSource() == PeerSource.HEADER;
    }
    Iterator<String> lines = call.forwarded(ForwardedHops.LISTED);
    if (!lines.hasNext()) {
      lines = call.forwarded(ForwardedHops.STANDARD);
      return lines.hasNext() && isFirst(call, ForwardedHops.standard(lines));
    }
    return isFirst(call, ForwardedHops.listed(lines));
  }

  private static boolean isFirst(Call call, @Nullable List<String> hops) {
    Address peer = Address.parse(call.peer());
    return peer != null
        && hops != null
        && !hops.isEmpty()
        && peer.equals(Address.parse(hops.get(0)));
  }
}
