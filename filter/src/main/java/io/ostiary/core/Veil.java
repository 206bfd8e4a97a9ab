package io.ostiary.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the app is not shown of a request's head, and what it is told in its place.
 *
 * @param headers the names, in lower case, of headers that it does not see
 * @param parameter the query parameter that it does not see, or {@code null}
 * @param tag what {@link #TOLD} says, or {@code null} where it is not there
 * @param hidden the digests of the parameter's values that it does not see, or {@code null} for any value: an app may send a call on
 *     with a parameter of its own that has this name
 */
public record Veil(
    List<String> headers,
    @Nullable String parameter,
    @Nullable String tag,
    @Nullable List<Digest> hidden) {

  /** The header that tells the app whose key a call came with. Only the guard sets it. */
  public static final String TOLD = "X-Ostiary-Key";

  /** The app sees the request as it came. */
  public static final Veil NONE = new Veil(List.of(), null, null);

  /**
   * Nobody is told of; but whoever sends {@link #TOLD} says nothing with it, nor with a name that CGI makes the same variable of
   * (RFC 3875 section 4.1.18).
   */
  static final Veil STRIPPED =
      new Veil(
          List.of("x-ostiary-key", "x_ostiary_key", "x-ostiary_key", "x_ostiary-key"), null, null);

  /** A veil over whatever value its parameter has. */
  public Veil(List<String> headers, @Nullable String parameter, @Nullable String tag) {
    this(headers, parameter, tag, null);
  }

  /** The veil over one call, of which nothing is hidden but what the client's own query has. */
  public Veil over(@Nullable String query) {
    if (parameter == null) {
      // Veil.NONE among others.
      return this;
    }
    List<String> values = query == null ? List.of() : QueryString.values(query, parameter);
    return new Veil(headers, parameter, tag, values.stream().map(Digest::of).toList());
  }

  /** Whether a client says of itself whose key it has, in the header that only the guard sets. */
  static boolean isClaimed(Call call) {
    for (int i = 0; i < STRIPPED.headers.size(); i++) {
      if (call.header(STRIPPED.headers.get(i)) != null) {
        return true;
      }
    }
    return false;
  }

  /** Whether a header is another for the app than the client sent it. */
  public boolean covers(String name) {
    for (int i = 0; i < headers.size(); i++) {
      if (headers.get(i).equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }

  /** The value that a covered header has for the app, or {@code null} if it is not there. */
  public @Nullable String value(String name) {
    return TOLD.equalsIgnoreCase(name) ? tag : null;
  }

  /** What is left of a query, or {@code null} for nothing. */
  public @Nullable String query(@Nullable String query) {
    return parameter == null || query == null
        ? query
        : QueryString.without(query, parameter, this::hides);
  }

  /** Whether the app does not see a value of the parameter. */
  public boolean hides(String value) {
    return hidden == null || (!hidden.isEmpty() && hidden.contains(Digest.of(value)));
  }
}
