package io.ostiary.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds the route of a path.
 *
 * <p>Routes that need a key are guarded: whatever spelling an app may take for one of their paths is theirs, so they match in
 * loose form. Open routes match only what is written, so that looseness never opens a door. Of all patterns that match a path
 * the most specific holds; between two that are equally specific, which the policy file may not have, a guarded one.
 *
 * <p>A path that can be read in several ways belongs to no open route. It is ambiguous if any reading of it leads to a guarded
 * route, and {@link #UNMATCHED} otherwise.
 */
final class RouteTable {

  /** No route names the path. */
  static final Match UNMATCHED = new Match(null, null, null, false);

  /**
   * Where a path leads.
   *
   * @param route by which the call is judged; of an ambiguous path a guarded one that may be meant, if that is known
   * @param model what stands in the path where the pattern says {@code {model}}; empty if nothing stands there
   * @param pattern the pattern that says so, or {@code null} if none of the path names a model
   * @param isAmbiguous whether the path is spelt in a way that a guarded route may be read in, and that cannot be told apart
   */
  record Match(
      @Nullable Route route,
      @Nullable String model,
      @Nullable PathPattern pattern,
      boolean isAmbiguous) {

    /** The only reading of a path. */
    static Match of(Route route) {
      return new Match(route, null, null, false);
    }

    /** A path that may be read as that of a guarded route, among others. */
    static Match ambiguous(@Nullable Route route) {
      return new Match(route, null, null, true);
    }

    private boolean isGuarded() {
      return route != null && route.keyed();
    }

    private boolean leadsWhere(Match other) {
      return route == other.route && Objects.equals(model, other.model);
    }
  }

  /** Guarded paths in loose form. */
  private final Map<String, Match> guardedPaths = new HashMap<>();

  /** Open paths as written. */
  private final Map<String, Match> openPaths = new HashMap<>();

  /** The patterns that are more than one path, the most specific first, guarded ones before open ones. */
  private final List<Way> ways = new ArrayList<>();

  private final boolean hasGuarded;
  private final boolean limitsTime;

  RouteTable(List<Route> routes) {
    hasGuarded = routes.stream().anyMatch(Route::keyed);
    limitsTime = routes.stream().anyMatch(route -> !route.timeout().isZero());
    for (Route route : routes) {
      for (PathPattern pattern : route.paths()) {
        add(route, pattern);
      }
    }
    ways.sort(
        Comparator.comparing(Way::pattern, PathPattern.BY_SPECIFICITY)
            .thenComparing(way -> !way.route.keyed()));
  }

  private void add(Route route, PathPattern pattern) {
    String path = pattern.toString();
    Match match = Match.of(route);
    if (!pattern.isLiteral()) {
      ways.add(new Way(route, pattern, match));
    } else if (route.keyed()) {
      guardedPaths.putIfAbsent(LoosePath.fold(path), match);
    } else {
      openPaths.putIfAbsent(path, match);
    }
  }

  Match match(RequestPath path) {
    Match match = find(path.text());
    if (!path.isClear()) {
      return match.isGuarded() ? Match.ambiguous(match.route) : unclear(path);
    }
    return path.spelled().equals(path.text()) ? match : settle(match, find(path.spelled()));
  }

  /** The container went its own way from the request line to the path: an app may follow either. */
  private static Match settle(Match resolved, Match spelled) {
    return spelled.isGuarded() && !spelled.leadsWhere(resolved)
        ? Match.ambiguous(spelled.route)
        : resolved;
  }

  private Match unclear(RequestPath path) {
    Suspicion suspicion = new Suspicion();
    return hasGuarded && path.mayRead(suspicion) ? Match.ambiguous(suspicion.route) : UNMATCHED;
  }

  /** Whether any of the routes lets its calls take so long and no longer. */
  boolean limitsTime() {
    return limitsTime;
  }

  private Match find(String path) {
    String folded = LoosePath.fold(path);
    Match literal = guardedPaths.get(folded);
    if (literal == null) {
      literal = openPaths.get(path);
    }
    if (literal != null) {
      return literal;
    }
    for (int i = 0; i < ways.size(); i++) {
      Way way = ways.get(i);
      if (way.leads(path, folded)) {
        return way.match(path);
      }
    }
    return UNMATCHED;
  }

  /** Whether a reading of a path leads to a guarded route, and to which. */
  private final class Suspicion implements Predicate<String> {

    private @Nullable Route route;

    @Override
    public boolean test(String reading) {
      Match match = find(reading);
      route = match.isGuarded() ? match.route : null;
      return route != null;
    }
  }

  /** A pattern of a route. */
  private record Way(Route route, PathPattern pattern, Match unnamed) {

    boolean leads(String path, String folded) {
      return route.keyed() ? pattern.matchesLoosely(folded) : pattern.matches(path);
    }

    Match match(String path) {
      return pattern.namesModel() ? new Match(route, pattern.model(path), pattern, false) : unnamed;
    }
  }
}
