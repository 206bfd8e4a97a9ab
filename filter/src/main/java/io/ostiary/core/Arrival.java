package io.ostiary.core;

import org.jspecify.annotations.Nullable;

/**
 * What the head of a call told: carried from the first stage of the decision to the second, with the policy that was in force
 * at the first.
 */
public final class Arrival {

  final InForce now;
  final RequestPath path;
  final RouteTable.Match match;
  final Route route;
  final InForce.@Nullable Caller caller;
  final @Nullable String signedMd5;
  final String requestId;
  private final String peer;

  /** The time that the call has, or {@code null} if that is not limited. */
  final @Nullable CallTime time;

  Arrival(
      InForce now,
      RequestPath path,
      RouteTable.Match match,
      Route route,
      InForce.@Nullable Caller caller,
      @Nullable String signedMd5,
      String requestId,
      String peer,
      @Nullable CallTime time) {
    this.now = now;
    this.path = path;
    this.match = match;
    this.route = route;
    this.caller = caller;
    this.signedMd5 = signedMd5;
    this.requestId = requestId;
    this.peer = peer;
    this.time = time;
  }

  /** Whether the call came with a key to a path that needs one. */
  public boolean isKeyed() {
    return caller != null;
  }

  /** The address of the peer, as the first stage was shown it. */
  public String peer() {
    return peer;
  }
}
