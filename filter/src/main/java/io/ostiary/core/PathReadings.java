package io.ostiary.core;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Everything that some server, proxy or library between the client and the app might read in one path. Each step that such
 * software takes is tried on each reading found, so that neither their order nor how often they are repeated matters.
 */
final class PathReadings {

  /** How many characters all readings together may have, 16 Ki; an honest path needs a fraction of it. */
  private static final int MOST_CHARACTERS = 1 << 14;

  private static final List<UnaryOperator<String>> STEPS =
      List.of(
          path -> decoded(path, true),
          path -> decoded(path, false),
          PathReadings::withoutParameters,
          PathReadings::cut,
          path -> path.replace('\\', '/'),
          PathReadings::collapsed,
          PathReadings::resolved,
          PathReadings::resolvedOnce,
          PathReadings::trimmed);

  private PathReadings() {}

  /** Whether any reading, the path itself included, is wanted; also true if there are too many to tell. */
  static boolean any(String raw, Predicate<String> wanted) {
    List<String> readings = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    readings.add(raw);
    seen.add(raw);
    int characters = 0;
    for (int i = 0; i < readings.size(); i++) {
      String reading = readings.get(i);
      characters += reading.length() + 1;
      if (characters > MOST_CHARACTERS || wanted.test(reading)) {
        return true;
      }
      for (UnaryOperator<String> step : STEPS) {
        String next = step.apply(reading);
        if (seen.add(next)) {
          readings.add(next);
        }
      }
    }
    return false;
  }

  /**
   * Decodes once, and takes what strict decoders refuse: overlong UTF-8, and {@code %u002f} as Jetty does.
   *
   * @param utf16 whether that; an app behind Jetty that decodes by itself may leave it as it is
   */
  private static String decoded(String path, boolean utf16) {
    StringBuilder octets = new StringBuilder(path.length());
    int at = 0;
    while (at < path.length()) {
      char c = path.charAt(at++);
      if (c == '%' && PathDecoder.isHex(path, at)) {
        octets.append((char) HexFormat.fromHexDigits(path, at, at + 2));
        at += 2;
      } else if (c == '%' && utf16 && PathDecoder.isUtf16(path, at)) {
        octets.append((char) HexFormat.fromHexDigits(path, at + 1, at + 5));
        at += 5;
      } else {
        octets.append(c);
      }
    }
    return characters(octets);
  }

  private static String characters(StringBuilder octets) {
    StringBuilder characters = new StringBuilder(octets.length());
    for (int i = 0; i < octets.length(); i++) {
      char lead = octets.charAt(i);
      int following = following(lead);
      int codePoint = following == 0 ? -1 : codePoint(octets, i, following);
      if (Character.isValidCodePoint(codePoint)) {
        characters.appendCodePoint(codePoint);
        i += following;
      } else {
        characters.append(lead);
      }
    }
    return characters.toString();
  }

  /** How many octets follow a lead octet of UTF-8, whether or not it may occur. */
  private static int following(char lead) {
    if (lead < 0xc0 || lead >= 0xf8) {
      return 0;
    }
    return lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
  }

  private static int codePoint(StringBuilder octets, int at, int following) {
    int codePoint = octets.charAt(at) & (0x3f >> following);
    for (int i = at + 1; i <= at + following; i++) {
      if (i == octets.length() || octets.charAt(i) < 0x80 || octets.charAt(i) >= 0xc0) {
        return -1;
      }
      codePoint = codePoint << 6 | (octets.charAt(i) & 0x3f);
    }
    return codePoint;
  }

  private static String withoutParameters(String path) {
    StringBuilder kept = new StringBuilder(path.length());
    boolean inParameters = false;
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      inParameters = c == ';' || (inParameters && c != '/');
      if (!inParameters) {
        kept.append(c);
      }
    }
    return kept.toString();
  }

  /** Ends the path where a query or a fragment might begin, or a C string end. */
  private static String cut(String path) {
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '?' || c == '#' || c == 0) {
        return path.substring(0, i);
      }
    }
    return path;
  }

  private static String collapsed(String path) {
    StringBuilder kept = new StringBuilder(path.length());
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c != '/' || i == 0 || path.charAt(i - 1) != '/') {
        kept.append(c);
      }
    }
    return kept.toString();
  }

  /** Follows dot segments, never above the root (RFC 3986 section 5.2.4); more dots than two are nothing. */
  private static String resolved(String path) {
    List<String> segments = new ArrayList<>();
    boolean changed = false;
    for (String segment : segments(path)) {
      boolean dots =
          segment.startsWith(".") && LoosePath.trimmedEnd(segment, 0, segment.length()) == 0;
      if (!dots) {
        segments.add(segment);
      } else if (segment.equals("..") && !segments.isEmpty()) {
        segments.remove(segments.size() - 1);
      }
      changed |= dots;
    }
    return changed ? "/" + String.join("/", segments) : path;
  }

  /**
   * Follows the first dot segment alone: Tomcat finds its context behind some of them, and apps that take the context's path
   * off what the request line has see the others as they were sent.
   */
  private static String resolvedOnce(String path) {
    List<String> segments = new ArrayList<>(segments(path));
    for (int i = 0; i < segments.size(); i++) {
      boolean up = segments.get(i).equals("..");
      if (up || segments.get(i).equals(".")) {
        segments.remove(i);
        if (up && i > 0) {
          segments.remove(i - 1);
        }
        return "/" + String.join("/", segments);
      }
    }
    return path;
  }

  /** Takes the blanks off every segment, and begins with a slash, as it has to. */
  private static String trimmed(String path) {
    List<String> segments = new ArrayList<>();
    for (String segment : segments(path)) {
      segments.add(segment.trim());
    }
    return "/" + String.join("/", segments);
  }

  private static List<String> segments(String path) {
    String relative = path.startsWith("/") ? path.substring(1) : path;
    return List.of(relative.split("/", -1));
  }
}
