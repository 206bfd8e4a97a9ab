package io.ostiary.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the route of a path. */
final class RouteTable {

  /** No route names the path. */
  static final Match UNMATCHED = new Match(null, null);

  /** The path is spelt in a way that a guarded route may be read in, and that cannot be told apart. */
  static final Match AMBIGUOUS = new Match(null, null);

  /**
   * A route for a path.
   *
   * @param model what stands in the path where the pattern says {@code {model}}
   */
  record Match(@Nullable Route route, @Nullable String model) {}

  RouteTable(List<Route> routes) {}

  Match match(RequestPath path) {
    throw new UnsupportedOperationException(path.text());
  }
}
