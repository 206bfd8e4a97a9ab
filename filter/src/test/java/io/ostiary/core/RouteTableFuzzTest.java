package io.ostiary.core;

import static io.ostiary.core.Routes.guarded;
import static io.ostiary.core.Routes.open;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A6, the paths: no random spelling of a guarded path is taken for another one. The seeds are in the failures' texts. */
class RouteTableFuzzTest {

  private static final List<String> GUARDED =
      List.of("/v1/chat/completions", "/v1/models/qwen:predict", "/v2/models/qwen/infer", "/模型/a");

  private static final RouteTable TABLE =
      new RouteTable(
          List.of(
              guarded("/v1/chat/completions", "/v2/models/{model}/infer", "/模型/*"),
              guarded("/v1/models/{model}:predict"),
              open("/health", "/static/**", "/v1/models", "/v2/models/*/ready")));

  @Test
  void knows_a_guarded_path_in_every_disguise() { // A6
    for (int seed = 0; seed < 10_000; seed++) {
      Random random = new Random(seed);
      String path = GUARDED.get(random.nextInt(GUARDED.size()));
      String raw = disguise(random, path);

      assertThat(guards(match(raw))).as("seed %s: %s as %s", seed, path, raw).isTrue();
    }
  }

  @Test
  void agrees_with_a_reckless_server_on_random_paths() { // A6
    String[] pieces = {
      "/",
      "/",
      "v1",
      "chat",
      "completions",
      "v2",
      "models",
      "qwen",
      "infer",
      "static",
      "health",
      "..",
      ".",
      ";",
      ";a=b",
      "%2e",
      "%2F",
      "%5c",
      "%252f",
      "%3b",
      "%00",
      "%",
      "\\",
      "%20",
      "V1"
    };
    int reached = 0;
    for (int seed = 0; seed < 10_000; seed++) {
      Random random = new Random(seed);
      StringBuilder raw = new StringBuilder("/v1/chat");
      for (int i = random.nextInt(8); i >= 0; i--) {
        raw.append(pieces[random.nextInt(pieces.length)]);
      }
      raw.append(random.nextBoolean() ? "/completions" : "/v2/models/x/infer");
      RequestPath path = RequestPath.of(HeadOnlyCall.to(raw.toString()));
      if (isServed(reckless(raw.toString()))) {
        reached++;
        assertThat(guards(TABLE.match(path))).as("seed %s: %s", seed, raw).isTrue();
      }
    }
    assertThat(reached).isGreaterThan(500);
  }

  @Test
  void never_refuses_a_plain_path() {
    String[] pieces = {"/v1", "/chat", "/completions", "/a b", "/模型", "/health", "/x.y", "/static"};
    for (int seed = 0; seed < 10_000; seed++) {
      Random random = new Random(seed);
      StringBuilder path = new StringBuilder("/x");
      for (int i = random.nextInt(5); i >= 0; i--) {
        path.append(pieces[random.nextInt(pieces.length)]);
      }
      String raw = URI.create("h:" + path.toString().replace(" ", "%20")).toASCIIString();

      assertThat(match(raw.substring(2)))
          .as("seed %s: %s", seed, raw)
          .isSameAs(RouteTable.UNMATCHED);
    }
  }

  private static RouteTable.Match match(String raw) {
    return TABLE.match(RequestPath.of(HeadOnlyCall.to(raw)));
  }

  private static boolean guards(RouteTable.Match match) {
    Route route = match.route();
    return match.isAmbiguous() || (route != null && route.keyed());
  }

  /** A spelling that some server reads as the path. */
  private static String disguise(Random random, String path) {
    List<String> segments = new ArrayList<>(List.of(path.substring(1).split("/")));
    for (int i = random.nextInt(3); i > 0; i--) {
      int at = random.nextInt(segments.size() + 1);
      segments.addAll(at, detour(random, at > 0 ? segments.get(at - 1) : ""));
    }
    StringBuilder raw = new StringBuilder();
    boolean escaped = random.nextBoolean();
    for (String segment : segments) {
      raw.append(pick(random, "/", "/", "/", "/", escaped ? "%2f" : "/", escaped ? "\\" : "/"));
      raw.append(spell(random, segment));
      raw.append(segment.endsWith(".") ? "" : pick(random, "", "", "", "", ".", "%2E"));
      raw.append(pick(random, "", "", "", ";", ";jsessionid=1A", "%20", escaped ? "%5c" : ""));
    }
    raw.append(pick(random, "", "", "/", "/.", "//", ";a/", "%00.png"));
    return raw.charAt(0) == '/' ? raw.toString() : "/" + raw;
  }

  private static List<String> detour(Random random, String before) {
    return switch (random.nextInt(before.isEmpty() || before.startsWith(".") ? 4 : 5)) {
      case 0 -> List.of(".");
      case 1 -> List.of("");
      case 2 -> List.of("static", "..");
      case 3 -> List.of("a", "b", "..", ".", "..");
      default -> List.of("..", before);
    };
  }

  private static String spell(Random random, String segment) {
    boolean odd = random.nextInt(3) == 0;
    StringBuilder spelled = new StringBuilder();
    for (int i = 0; i < segment.length(); i++) {
      String c = segment.substring(i, i + 1);
      String escape = escape(random, c);
      spelled.append(
          switch (random.nextInt(odd ? 6 : 30)) {
            case 0 -> escape;
            case 1 -> escape.replace("%", odd ? "%25" : "%");
            case 2 -> odd ? "%%u%04x".formatted((int) c.charAt(0)) : c;
            case 3 -> odd && c.charAt(0) < 0x80 ? overlong(c.charAt(0)) : c;
            case 4 -> c.toUpperCase(Locale.ROOT);
            default -> c.charAt(0) < 0x80 ? c : escape;
          });
    }
    return spelled.toString();
  }

  private static String escape(Random random, String text) {
    HexFormat hex = HexFormat.of().withPrefix("%");
    return (random.nextBoolean() ? hex.withUpperCase() : hex)
        .formatHex(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String overlong(char c) {
    return "%%c%x%%%x".formatted(c >> 6, 0x80 | (c & 0x3f));
  }

  private static String pick(Random random, String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /** Decodes three times, and forgives everything: another writing of what the guard has to expect. */
  private static String reckless(String raw) {
    String path = raw;
    for (int i = 0; i < 3; i++) {
      path = path.replaceAll("%(?![0-9a-fA-F]{2})", "%25");
      path = new String(decode(path), StandardCharsets.UTF_8);
    }
    path = path.replace('\\', '/').replaceAll("\0.*", "").replaceAll(";[^/]*", "");
    path = URI.create("h:" + escapeAll(path.replaceAll("/+", "/"))).normalize().getPath();
    return path.replaceAll("^(/\\.\\.)+", "").replaceAll("[. ]+(/|$)", "$1").replaceAll("/$", "");
  }

  private static byte[] decode(String path) {
    byte[] decoded = new byte[path.length()];
    int length = 0;
    for (int i = 0; i < path.length(); i++) {
      boolean escape = path.charAt(i) == '%';
      decoded[length++] =
          (byte) (escape ? HexFormat.fromHexDigits(path, i + 1, i + 3) : path.charAt(i));
      i += escape ? 2 : 0;
    }
    return Arrays.copyOf(decoded, length);
  }

  private static String escapeAll(String path) {
    return path.replace("%", "%25").replace(" ", "%20");
  }

  private static boolean isServed(String path) {
    String folded = path.toLowerCase(Locale.ROOT);
    return folded.equals("/v1/chat/completions") || folded.matches("/v2/models/[^/]*/infer");
  }
}
