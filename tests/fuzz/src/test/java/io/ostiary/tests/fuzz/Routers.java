package io.ostiary.tests.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** How the routers of web frameworks read a request's path by themselves. */
final class Routers {

  private Routers() {}

  static List<String> readings(String uri) {
    Set<String> readings = new LinkedHashSet<>();
    // Spring's UrlPathHelper: parameters away, decoded, doubled slashes collapsed.
    readings.add(decoded(withoutParameters(uri)).replaceAll("/+", "/"));
    // Spring's PathPattern and JAX-RS: split first, each segment by itself.
    readings.add(decoded(withoutParameters(uri)));
    // What a security filter before Spring 5 did, and most routers by hand: decoded first.
    readings.add(withoutParameters(decoded(uri)));
    // java.net.URI and whoever normalises what is decoded.
    readings.add(normalised(decoded(withoutParameters(uri))));
    readings.add(normalised(decoded(uri).replace('\\', '/')));
    return List.copyOf(readings);
  }

  private static String withoutParameters(String path) {
    return path.replaceAll(";[^/]*", "");
  }

  private static String decoded(String path) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < path.length(); i++) {
      int octet = path.charAt(i) == '%' && i + 2 < path.length() ? hex(path, i + 1) : -1;
      if (octet >= 0) {
        bytes.write(octet);
        i += 2;
      } else {
        bytes.writeBytes(String.valueOf(path.charAt(i)).getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static int hex(String text, int at) {
    int high = Character.digit(text.charAt(at), 16);
    int low = Character.digit(text.charAt(at + 1), 16);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
  }

  private static String normalised(String path) {
    Deque<String> segments = new ArrayDeque<>();
    for (String segment : path.split("/", -1)) {
      if (segment.equals("..")) {
        segments.pollLast();
      } else if (!segment.isEmpty() && !segment.equals(".")) {
        segments.addLast(segment);
      }
    }
    return "/" + String.join("/", segments);
  }
}
