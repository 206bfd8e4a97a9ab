package io.ostiary.core;

import java.util.Collection;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compares what routes reserve for an unknown output with what the token budgets can give at once. */
final class TokenReservations {

  private final Policy policy;

  TokenReservations(Policy policy) {
    this.policy = policy;
  }

  /** Why calls to a route that name no maximum could never pass, or {@code null} if they can. */
  @Nullable String trouble(String name) {
    for (Route route : policy.routes()) {
      if (route.name().equals(name)) {
        return trouble(route);
      }
    }
    return null;
  }

  private @Nullable String trouble(Route route) {
    OptionalLong service = budgets(policy.serviceLimits().stream()).max();
    if (service.isPresent() && service.getAsLong() < route.defaultOutput()) {
      return "is more than service.limits ever gives at once, " + service.getAsLong() + " tokens";
    }
    OptionalLong most = budgets(others(route)).max();
    if (most.isPresent() && most.getAsLong() < route.defaultOutput()) {
      return "is more than any token budget that it can meet, the largest gives "
          + most.getAsLong()
          + " tokens at once";
    }
    return null;
  }

  private Stream<Limit> others(Route route) {
    Stream<Limit> ofKeys =
        policy.keys().stream().filter(key -> mayCall(key, route)).flatMap(TokenReservations::all);
    Stream<Limit> ofModels = policy.modelLimits().stream().flatMap(each -> each.limits().stream());
    Stream<Limit> ofEndpoints =
        policy.endpoints().values().stream().flatMap(each -> each.limits().stream());
    return Stream.concat(ofKeys, Stream.concat(ofModels, ofEndpoints));
  }

  private static boolean mayCall(Key key, Route route) {
    return key.routes() == null || key.routes().contains(route.name());
  }

  private static Stream<Limit> all(Key key) {
    return Stream.concat(
        key.limits().stream(),
        key.modelLimits().stream().map(NamedLimits::limits).flatMap(Collection::stream));
  }

  private static LongStream budgets(Stream<Limit> limits) {
    return limits.filter(limit -> limit.kind().countsTokens()).mapToLong(Limit::burst);
  }
}
