package io.ostiary.core;

import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one credential that came with a call, or why there is none. Read from {@code Authorization: Bearer} (RFC 6750), as DashScope's
 * clients send it too, {@code x-api-key}, {@code api-key}, from {@code Authorization: EAS} where the policy has tokens for it, from a
 * bare {@code Authorization} where the dialect has it (PAI-EAS), and from the query where the policy names a parameter.
 *
 * @param text the key, or the code of a signature
 * @param signed whether it is a signature
 */
record Credential(@Nullable String text, boolean signed, @Nullable Reason refusal) {

  /** The headers in which it may come. */
  static final List<String> HEADERS = List.of("authorization", "x-api-key", "api-key");

  /** The length of the longest key, in characters. */
  static final int LONGEST = 512;

  private static final String BEARER = "Bearer ";

  private static final Credential MISSING = new Credential(null, false, Reason.KEY_MISSING);
  private static final Credential MALFORMED = new Credential(null, false, Reason.KEY_MALFORMED);
  private static final Credential CONFLICT = new Credential(null, false, Reason.KEY_CONFLICT);

  /** Which of the ways that not everybody has are open. */
  record Ways(boolean bare, boolean signed, @Nullable String query) {}

  /** Finds the credential of a call. */
  static Credential of(Call call, Ways ways) {
    Credential found = MISSING;
    Iterator<String> lines = call.headers("Authorization");
    while (lines.hasNext()) {
      found = found.and(authorization(lines.next(), ways));
    }
    found = found.and(call.headers("x-api-key")).and(call.headers("api-key"));
    String query = ways.query();
    return query == null ? found : found.and(parameter(call, query));
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
    if (this == MISSING || other == MISSING) {
      return this == MISSING ? other : this;
    }
    if (text == null || other.text == null) {
      return refusal == Reason.KEY_CONFLICT || text != other.text ? CONFLICT : MALFORMED;
    }
    return text.equals(other.text) && signed == other.signed ? this : CONFLICT;
  }

  private static Credential authorization(String line, Ways ways) {
    String value = line.strip();
    if (value.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return checked(value.substring(BEARER.length()).strip());
    }
    String scheme = EasSignature.SCHEME;
    if (ways.signed() && value.regionMatches(true, 0, scheme, 0, scheme.length())) {
      String code = value.substring(scheme.length()).strip();
      return isKey(code) ? new Credential(code, true, null) : MALFORMED;
    }
    return ways.bare() ? checked(value) : MALFORMED;
  }

  private static Credential parameter(Call call, String name) {
    QueryString.Parameter parameter = QueryString.parameter(call.query(), name);
    if (parameter == QueryString.Parameter.Unclear.ABSENT) {
      return MISSING;
    }
    return parameter instanceof QueryString.Parameter.One one ? checked(one.value()) : MALFORMED;
  }

  private static Credential checked(String key) {
    return isKey(key) ? new Credential(key, false, null) : MALFORMED;
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
