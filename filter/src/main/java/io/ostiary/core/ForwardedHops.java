package io.ostiary.core;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the hops out of forwarding headers, the client's end first, as they are written: what a hop says of itself is not
 * looked at here. Lines of one header are one list (RFC 9110 section 5.3), and its empty elements are nothing (section
 * 5.6.1.2). {@code null} stands for a header that cannot be read.
 */
final class ForwardedHops {

  /** The header that everybody uses: a list of addresses. */
  static final String LISTED = "X-Forwarded-For";

  /** The header of RFC 7239. */
  static final String STANDARD = "Forwarded";

  /** The largest number of hops that is read. */
  static final int MOST = 32;

  private ForwardedHops() {}

  static @Nullable List<String> listed(Iterator<String> lines) {
    List<String> hops = new ArrayList<>();
    while (lines.hasNext()) {
      String line = lines.next();
      int from = 0;
      while (from <= line.length()) {
        int comma = line.indexOf(',', from);
        int to = comma < 0 ? line.length() : comma;
        if (!add(hops, line.substring(from, to).strip())) {
          return null;
        }
        from = to + 1;
      }
    }
    return hops;
  }

  static @Nullable List<String> standard(Iterator<String> lines) {
    List<String> hops = new ArrayList<>();
    while (lines.hasNext()) {
      ForwardedLine line = new ForwardedLine(lines.next());
      while (line.hasNext()) {
        String hop = line.next();
        if (hop == null || !add(hops, hop)) {
          return null;
        }
      }
    }
    return hops;
  }

  private static boolean add(List<String> hops, String hop) {
    if (!hop.isEmpty()) {
      hops.add(hop);
    }
    return hops.size() <= MOST;
  }
}
