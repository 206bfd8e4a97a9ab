package io.ostiary.tests.fuzz;

import io.ostiary.tests.contract.Keys;
import java.util.Locale;

/** Draws paths that are near to guarded ones, and ways of being sent on to them. */
final class PathGrammar {

  private PathGrammar() {}

  /** A call without a key, or one of the narrow key for a path with a model in it. */
  static Case draw(Dice dice) {
    boolean keyed = dice.oneIn(4);
    String path =
        keyed
            ? disguised(
                dice,
                dice.of(
                    "/v2/models/alpha/infer",
                    "/v2/models/beta/infer",
                    "/v2/models/best/infer",
                    "/v2/models/alpha/../beta/infer",
                    "/v2/models/team-a/infer"))
            : disguised(dice, plain(dice));
    boolean sentOn = dice.oneIn(4);
    Case.Draft draft =
        new Case.Draft(
            dice.mostly(20, "GET", "POST", "OPTIONS", "PUT"),
            sentOn
                ? dice.of("/go/x", "/open/go/x", "/ctx/go/x")
                    + dice.mostly(6, "", ";a=b", "/", "?x=y")
                : target(path, dice));
    if (sentOn) {
      draft.header("X-To", path.startsWith("/") ? path : "/" + path);
      draft.header("X-Way", dice.of("forward", "include", "dispatch"));
    }
    if (keyed) {
      draft.header("Authorization", "Bearer " + Keys.secretOf("narrow"));
    }
    return draft.header("Content-Length", "0").done();
  }

  private static String target(String path, Dice dice) {
    return dice.mostly(
        30,
        path,
        "http://a" + path,
        "HTTP://b:1" + path,
        path + "?x=y",
        path + "#x",
        path + "?" + path);
  }

  private static String plain(Dice dice) {
    String path =
        dice.of(
            "/v1/chat/completions",
            "/guarded/a",
            "/guarded",
            "/guarded/a/b",
            "/score/run.predict",
            "/v2/models/alpha/infer",
            "/score/",
            "/open/x",
            "/",
            "/other/run.predict");
    path = dice.oneIn(4) ? "/ctx" + path : path;
    return dice.oneIn(4)
        ? dice.of("/open/..", "/x/..", "/open/x/../..", "/open", "/go/../", "/open/.") + path
        : path;
  }

  private static String disguised(Dice dice, String path) {
    StringBuilder raw = new StringBuilder();
    int often = dice.of(4, 12, 30, 1_000_000);
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      raw.append(
          !dice.oneIn(often)
              ? String.valueOf(c)
              : c == '/' ? slash(dice) : c == '.' ? dot(dice) : letter(dice, c));
      if (dice.oneIn(often * 2)) {
        raw.append(
            dice.of(
                ";jsessionid=1A",
                ";",
                ";a=b",
                ";a=%2f",
                ";/",
                "%00",
                "%20",
                "%09",
                "%0a",
                "%0d",
                "%7f",
                "%23",
                "%3f",
                "%3b",
                "%3ba",
                "%25",
                ".",
                "..",
                "%ff",
                "%c0%80",
                "%u002f",
                "%",
                "%zz",
                "\\",
                "\t",
                "%e2%80%8b",
                "%c2%a0",
                "%ef%bb%bf",
                "*",
                "+",
                ",",
                "\u00e4",
                "[",
                "|",
                "//",
                "/./",
                "/../"));
      }
    }
    if (dice.oneIn(6)) {
      raw.append(
          dice.of(
              "/", "//", ".", "/.", "/..", "%2f", "%20", "%00", ";", ";x", "/;x", ".json", "..",
              "%2e", "~", "/x/..", "/x/../", "/%2e%2e", "/..;/", "::$DATA", "%5c"));
    }
    return raw.toString();
  }

  private static String slash(Dice dice) {
    return dice.of(
        "//",
        "/./",
        "/x/../",
        "/%2e/",
        "/x/%2e%2e/",
        "/x/.%2e/",
        "/x/%2E%2e/",
        "%2f",
        "%2F",
        "%5c",
        "\\",
        "/;/",
        "/;x/",
        "/x/..;/",
        "/x/..;y/",
        "/.;/",
        "%252f",
        "/%252e%252e/",
        "/x/%252e%252e/",
        "%c0%af",
        "%e0%80%af",
        "%u2215",
        "%ef%bc%8f",
        "/%20/",
        "/x/%2e%2e%2f",
        "/x%2f..%2f",
        "/%00/",
        "///",
        "/.../",
        "/x/..%00/",
        "/x/%c0%ae%c0%ae/",
        "/..%5c",
        "/x/..%5c",
        "/x/../%2e/",
        ";/",
        ";a/",
        "%3b/",
        "/..%2f");
  }

  private static String dot(Dice dice) {
    return dice.of("%2e", "%2E", "%252e", "%c0%ae", "%u002e", "..", ". ", "%20.", "%ef%bc%8e");
  }

  private static String letter(Dice dice, char c) {
    String hex = Integer.toHexString(c);
    return dice.of(
        "%" + hex,
        "%" + hex.toUpperCase(Locale.ROOT),
        "%25" + hex,
        String.valueOf(Character.toUpperCase(c)),
        "%u00" + hex,
        c + ";",
        c + "%00",
        c + ";x=y",
        "%" + Integer.toHexString(Character.toUpperCase(c)),
        "%c" + (c >> 6) + "%" + Integer.toHexString(0x80 | (c & 0x3f)),
        c + " ",
        c + "%20",
        c + ".",
        c == 'k' ? "%e2%84%aa" : c == 's' ? "%c5%bf" : "%" + hex);
  }
}
