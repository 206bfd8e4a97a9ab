package io.ostiary.core;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One parameter of a query, as every server would read it or not at all. */
final class QueryString {

  private QueryString() {}

  /**
   * Finds a parameter.
   *
   * @param query as the request line has it, without the question mark, or {@code null}
   */
  static Parameter parameter(@Nullable String query, String name) {
    Parameter found = Parameter.Unclear.ABSENT;
    int from = 0;
    while (query != null && from <= query.length()) {
      int ampersand = query.indexOf('&', from);
      int to = ampersand < 0 ? query.length() : ampersand;
      found = joined(found, pair(query, from, to, name));
      from = to + 1;
    }
    return found;
  }

  /**
   * What is left of a query without some values of a parameter, every other pair as it was; {@code null} when nothing is.
   *
   * @param query without the question mark
   * @param unwanted which values; those that servers would not decode alike are left out too
   */
  static @Nullable String without(String query, String name, Predicate<String> unwanted) {
    StringBuilder left = new StringBuilder(query.length());
    int from = 0;
    while (from <= query.length()) {
      int to = pairEnd(query, from);
      boolean wanted =
          !isPairOf(query, from, to, name)
              || (valueOf(query, from, to) instanceof Parameter.One one
                  && !unwanted.test(one.value()));
      if (wanted) {
        left.append(left.length() == 0 ? "" : "&").append(query, from, to);
      }
      from = to + 1;
    }
    return left.length() == 0 ? null : left.toString();
  }

  /** The values of a parameter that all servers decode alike, in order. */
  static List<String> values(String query, String name) {
    List<String> values = new ArrayList<>();
    int from = 0;
    while (from <= query.length()) {
      int to = pairEnd(query, from);
      if (isPairOf(query, from, to, name)
          && valueOf(query, from, to) instanceof Parameter.One one) {
        values.add(one.value());
      }
      from = to + 1;
    }
    return values;
  }

  private static Parameter valueOf(String query, int from, int to) {
    int equals = query.indexOf('=', from);
    return value(query.substring(equals < 0 || equals > to ? to : equals + 1, to));
  }

  private static int pairEnd(String query, int from) {
    int ampersand = query.indexOf('&', from);
    return ampersand < 0 ? query.length() : ampersand;
  }

  private static boolean isPairOf(String query, int from, int to, String name) {
    int equals = query.indexOf('=', from);
    return from < to && isName(query, from, equals < 0 || equals > to ? to : equals, name);
  }

  private static Parameter joined(Parameter found, Parameter next) {
    if (found == Parameter.Unclear.ABSENT) {
      return next;
    }
    return next == Parameter.Unclear.ABSENT || next.equals(found)
        ? found
        : Parameter.Unclear.AMBIGUOUS;
  }

  private static Parameter pair(String query, int from, int to, String name) {
    int equals = query.indexOf('=', from);
    int nameEnd = equals < 0 || equals > to ? to : equals;
    if (from == to) {
      return Parameter.Unclear.ABSENT;
    }
    if (isUnclear(query, from, nameEnd, name)) {
      return Parameter.Unclear.AMBIGUOUS;
    }
    if (!isName(query, from, nameEnd, name)) {
      return Parameter.Unclear.ABSENT;
    }
    return value(query.substring(Math.min(nameEnd + 1, to), to));
  }

  /**
   * Whether some server might take a name for the wanted one: in another case, as data binders do, or decoded in a way of its
   * own, as Jetty 9.4 decodes {@code %u006d}.
   */
  private static boolean isUnclear(String query, int from, int to, String name) {
    if (!isEncoded(query, from, to)) {
      return to - from == name.length()
          && query.regionMatches(true, from, name, 0, name.length())
          && !query.startsWith(name, from);
    }
    byte[] bytes = query.substring(from, to).getBytes(StandardCharsets.UTF_8);
    if (!UrlEncoding.isWellFormed(bytes)) {
      return true;
    }
    String decoded = UrlEncoding.decode(bytes, 0, bytes.length, StandardCharsets.UTF_8);
    return decoded.equalsIgnoreCase(name) && !decoded.equals(name);
  }

  /** A query with another value in place of this one, wherever a parameter has it, and otherwise as it was. */
  static String with(String query, String name, String value, String other) {
    StringBuilder out = new StringBuilder(query.length() + 16);
    int from = 0;
    while (from <= query.length()) {
      int ampersand = query.indexOf('&', from);
      int to = ampersand < 0 ? query.length() : ampersand;
      int equals = query.indexOf('=', from);
      int nameEnd = equals < 0 || equals > to ? to : equals;
      boolean found =
          from < to
              && isName(query, from, nameEnd, name)
              && value(query.substring(Math.min(nameEnd + 1, to), to))
                  .equals(new Parameter.One(value));
      out.append(query, from, found ? nameEnd + 1 : to);
      if (found) {
        out.append(UrlEncoding.encode(other, ""));
      }
      if (to < query.length()) {
        out.append('&');
      }
      from = to + 1;
    }
    return out.toString();
  }

  private static boolean isName(String query, int from, int to, String name) {
    if (to - from == name.length() && query.startsWith(name, from)) {
      return true;
    }
    if (!isEncoded(query, from, to)) {
      return false;
    }
    byte[] bytes = query.substring(from, to).getBytes(StandardCharsets.UTF_8);
    return UrlEncoding.decode(bytes, 0, bytes.length, StandardCharsets.UTF_8).equals(name);
  }

  private static boolean isEncoded(String query, int from, int to) {
    for (int at = from; at < to; at++) {
      if (query.charAt(at) == '%' || query.charAt(at) == '+') {
        return true;
      }
    }
    return false;
  }

  /** Where servers differ in what they make of a value — drop it, refuse it, replace something in it — it is ambiguous. */
  private static Parameter value(String encoded) {
    byte[] bytes = encoded.getBytes(StandardCharsets.UTF_8);
    if (bytes.length != encoded.length() || !UrlEncoding.isWellFormed(bytes)) {
      return Parameter.Unclear.AMBIGUOUS;
    }
    int end = UrlEncoding.decodeInPlace(bytes, 0, bytes.length);
    try {
      return new Parameter.One(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, end)).toString());
    } catch (CharacterCodingException notUtf8) {
      return Parameter.Unclear.AMBIGUOUS;
    }
  }

  /** What a query says of a parameter. */
  sealed interface Parameter {

    /** One value, decoded; it may be empty, and may stand more than once. */
    record One(String value) implements Parameter {}

    /** No value that could be relied on. */
    enum Unclear implements Parameter {
      /** The parameter does not stand there. */
      ABSENT,
      /** It has two different values, or one that is not clean UTF-8, percent-encoded; or a name that some would take for it. */
      AMBIGUOUS
    }
  }
}
