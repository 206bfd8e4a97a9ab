package io.ostiary.core;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The one key that came with a call, or why there is none. Read from {@code Authorization: Bearer} (RFC 6750), {@code
 * x-api-key}, {@code api-key} and, where the dialect has it, a bare {@code Authorization} (PAI-EAS); never from the query.
 */
record Credential(@Nullable String key, @Nullable Reason refusal) {

  /** The length of the longest key, in characters. */
  static final int LONGEST = 512;

  private static final String BEARER = "Bearer ";

  private static final Credential MISSING = new Credential(null, Reason.KEY_MISSING);
  private static final Credential MALFORMED = new Credential(null, Reason.KEY_MALFORMED);
  private static final Credential CONFLICT = new Credential(null, Reason.KEY_CONFLICT);

  /**
   * Finds the credential of a call.
   *
   * @param bareAllowed whether an {@code Authorization} header without a scheme is a key
   */
  static Credential of(Call call, boolean bareAllowed) {
    Credential found = MISSING;
    Iterator<String> lines = call.headers("Authorization");
    while (lines.hasNext()) {
      found = found.and(authorization(lines.next(), bareAllowed));
    }
    return found.and(call.headers("x-api-key")).and(call.headers("api-key"));
  }

  private Credential and(Iterator<String> lines) {
    Credential found = this;
    while (lines.hasNext()) {
      found = found.and(checked(lines.next().strip()));
    }
    return found;
  }

  /** The same key may come twice, as some clients send it; two different ones cannot both be meant. */
  private Credential and(Credential other) {
    if (this == MISSING) {
      return other;
    }
    if (key == null || other.key == null) {
      return refusal == Reason.KEY_CONFLICT || key != other.key ? CONFLICT : MALFORMED;
    }
    return key.equals(other.key) ? this : CONFLICT;
  }

  private static Credential authorization(String line, boolean bareAllowed) {
    String value = line.strip();
    if (value.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return checked(value.substring(BEARER.length()).strip());
    }
    return bareAllowed ? checked(value) : MALFORMED;
  }

  private static Credential checked(String key) {
    return isKey(key) ? new Credential(key, null) : MALFORMED;
  }

  /** Whether a text can be a key at all: 1 to {@value #LONGEST} visible characters of ASCII. */
  static boolean isKey(String text) {
    if (text.isEmpty() || text.length() > LONGEST) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c > '~') {
        return false;
      }
    }
    return true;
  }

  /** Never the key itself. */
  @Override
  public String toString() {
    return refusal == null ? "Credential" : refusal.name();
  }
}
