package io.ostiary.core;

import java.time.Duration;
import java.util.Arrays;

/** Routes for tests in which only their paths and whether they need a key matter. */
final class Routes {

  private Routes() {}

  static Route guarded(String... paths) {
    return route(true, paths);
  }

  static Route open(String... paths) {
    return route(false, paths);
  }

  @SuppressWarnings("NullAway") // no dialect is spoken here
  private static Route route(boolean keyed, String... paths) {
    return new Route(
        (keyed ? "guarded " : "open ") + String.join(" ", paths),
        Arrays.stream(paths).map(PathPattern::parse).toList(),
        null,
        Normalise.NONE,
        new ModelSource.None(),
        keyed,
        1024,
        "1KiB",
        NameSet.ANY,
        0,
        25,
        null,
        UsagePaths.PRESET,
        Shape.NONE,
        RefusedWords.NONE,
        false,
        Duration.ZERO);
  }
}
