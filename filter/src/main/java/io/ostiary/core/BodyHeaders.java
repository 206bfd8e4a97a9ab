package io.ostiary.core;

import java.util.Locale;
import java.util.Set;

/** The header fields that speak of an answer's body (RFC 9110 sections 8 and 14, RFC 6266, RFC 9530). */
public final class BodyHeaders {

  private static final Set<String> NAMES =
      Set.of(
          "content-type",
          "content-length",
          "content-encoding",
          "content-language",
          "content-range",
          "content-disposition",
          "content-location",
          "content-md5",
          "content-digest",
          "repr-digest",
          "digest",
          "accept-ranges",
          "transfer-encoding",
          "trailer",
          "etag",
          "last-modified");

  private BodyHeaders() {}

  /** Whether a field says something of the body, which is wrong of another one that is sent in its place. */
  public static boolean have(String name) {
    return NAMES.contains(name.toLowerCase(Locale.ROOT));
  }
}
