package io.ostiary.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * A6, the paths of an app that is not at the root: a server takes the app's own path off the raw one, as Tomcat does, and reads
 * what is left in some order of its own. Whatever it takes for a guarded path there is guarded, or refused.
 */
class ContextPathFuzzTest {

  private static final int PATHS = Integer.getInteger("ostiary.paths", 30_000);
  private static final String[] PIECES = {
    "/", "/", "/", "app", "app", "v1", "chat", "v2", "infer", "static", "health", "..", ".", "..",
    ";", "%2e", "%2F", "%2e%2e", "a", "//", ";x", "%61pp", "other", "APP", "%41", "%c1%a1", "%252e"
  };

  private final Guard guard =
      new GuardedService(
              """
              route.c.paths = /app/v1/chat, /app/v2/*/infer
              route.o.paths = /app/static/**, /app/health, /other/**
              route.o.key = none
              key.k.sha256 = %s
              """
                  .formatted(Policies.sha256("sk")))
          .guard;

  @Test
  void no_spelling_of_a_context_s_path_leads_round_the_guard() {
    int guarded = 0;
    for (int seed = 0; seed < PATHS; seed++) {
      String raw = path(new Random(seed));
      if (isServedGuarded(raw)) {
        guarded++;
        assertThat(isLetInWithoutKey(raw)).as("seed %s: %s", seed, raw).isFalse();
      }
    }
    assertThat(guarded).as("paths that reach a guarded one").isGreaterThan(PATHS / 1_000);
  }

  private boolean isLetInWithoutKey(String raw) {
    HeadOnlyCall call = HeadOnlyCall.to(raw);
    return !guard.needsKey(call) && !(guard.arrive(call) instanceof Decision.Reject);
  }

  private static String path(Random random) {
    StringBuilder path = new StringBuilder("/");
    for (int left = 3 + random.nextInt(10); left > 0; left--) {
      path.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return path + (random.nextInt(2) == 0 ? "/v1/chat" : "");
  }

  /** Whether some server takes a beginning of it for the app's path, and the rest for a guarded one. */
  private static boolean isServedGuarded(String raw) {
    for (int end = 1; end <= raw.length(); end++) {
      boolean isWhole = end == raw.length() || raw.charAt(end) == '/';
      if (isWhole && "/app".equals(normal(decoded(stripped(raw.substring(0, end)))))) {
        for (String read : readings(raw.substring(end))) {
          if (read.equals("/v1/chat") || read.matches("/v2/[^/]+/infer")) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static Set<String> readings(String rest) {
    Set<String> readings = new TreeSet<>();
    for (String each :
        new String[] {
          rest,
          stripped(rest),
          decoded(rest),
          decoded(stripped(rest)),
          stripped(decoded(rest)),
          normal(rest),
          normal(decoded(stripped(rest)))
        }) {
      readings.add(each.replaceAll("/+", "/"));
    }
    return readings;
  }

  /** Without parameters of segments. */
  private static String stripped(String path) {
    return path.replaceAll(";[^/]*", "");
  }

  private static String decoded(String path) {
    try {
      return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException bad) {
      return path;
    }
  }

  /** Without empty segments and dots; empty if it leads out of the root. */
  private static String normal(String path) {
    Deque<String> segments = new ArrayDeque<>();
    for (String segment : path.split("/+", -1)) {
      if (segment.equals("..") && segments.pollLast() == null) {
        return "";
      }
      if (!segment.isEmpty() && !segment.equals(".") && !segment.equals("..")) {
        segments.addLast(segment);
      }
    }
    return "/" + String.join("/", segments);
  }
}
