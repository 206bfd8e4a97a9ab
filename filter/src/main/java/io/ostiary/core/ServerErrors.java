package io.ostiary.core;

import org.jspecify.annotations.Nullable;

/** How errors are told that the server raises on a call which no second stage has admitted: it found no servlet for it, say. */
final class ServerErrors {

  private ServerErrors() {}

  /**
   * The words for such errors.
   *
   * @param arrival what the first stage found, if it was asked and let the call proceed
   * @return {@code null} to leave them to the server
   */
  static @Nullable AppErrors of(InForce now, Call call, @Nullable Arrival arrival, Log log) {
    Policy policy = now.policy;
    if (!policy.guarding() || policy.observing()) {
      return null;
    }
    Reply reply = new Reply(call, log);
    if (arrival != null) {
      reply.isKnownAs(arrival.requestId);
      return of(arrival.route, arrival.path, reply);
    }
    if (call.rawPath().isEmpty()) {
      // The server could not read the request, so that it is no route's, and no other app's either.
      return reply.errors(policy.defaultDialect(), policy.defaultNormalise(), null);
    }
    RequestPath path = RequestPath.of(call);
    Route route = now.routes.match(path).route();
    if (route != null) {
      return of(route, path, reply);
    }
    return policy.passesUnmatched()
        ? null
        : reply.errors(policy.defaultDialect(), policy.defaultNormalise(), path.text());
  }

  private static @Nullable AppErrors of(Route route, RequestPath path, Reply reply) {
    return reply.errors(route.dialect(), route.normalise(), path.text());
  }
}
