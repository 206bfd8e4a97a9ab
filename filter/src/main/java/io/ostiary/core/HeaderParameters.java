package io.ostiary.core;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A header's value that is followed by parameters, such as {@code form-data; name="file"} (RFC 9110 section 5.6.6). What can
 * be read in two ways is refused: a parameter that stands twice, or anything that is not of this form.
 */
final class HeaderParameters {

  private final String text;
  private final String what;
  private final Map<String, String> parameters = new HashMap<>();
  private String value = "";
  private int at;

  private HeaderParameters(String text, String what) {
    this.text = text;
    this.what = what;
  }

  /**
   * Reads a header's value.
   *
   * @param what the header's name, for the message
   */
  static HeaderParameters parse(String text, String what) throws MalformedBodyException {
    HeaderParameters header = new HeaderParameters(text, what);
    header.read();
    return header;
  }

  /** The value before the parameters, in lower case. */
  String value() {
    return value;
  }

  /** A parameter's value, or {@code null}; names are given in lower case. */
  @Nullable String parameter(String name) {
    return parameters.get(name);
  }

  private void read() throws MalformedBodyException {
    skipSpace();
    int from = at;
    while (at < text.length() && (isToken(text.charAt(at)) || text.charAt(at) == '/')) {
      at++;
    }
    value = text.substring(from, at).toLowerCase(Locale.ROOT);
    skipSpace();
    while (at < text.length()) {
      require(text.charAt(at++) == ';');
      skipSpace();
      if (at < text.length() && text.charAt(at) != ';') {
        parameter();
        skipSpace();
      }
    }
  }

  private void parameter() throws MalformedBodyException {
    String name = token().toLowerCase(Locale.ROOT);
    require(at < text.length() && text.charAt(at++) == '=');
    boolean quoted = at < text.length() && text.charAt(at) == '"';
    if (parameters.put(name, quoted ? quoted() : token()) != null) {
      throw new MalformedBodyException("a parameter stands twice in " + what);
    }
  }

  private String token() throws MalformedBodyException {
    int from = at;
    while (at < text.length() && isToken(text.charAt(at))) {
      at++;
    }
    require(at > from);
    return text.substring(from, at);
  }

  /** A backslash before anything but a quote or a backslash is part of a path, as old browsers send it with a file. */
  private String quoted() throws MalformedBodyException {
    StringBuilder out = new StringBuilder();
    at++;
    while (at < text.length() && text.charAt(at) != '"') {
      if (text.startsWith("\\\"", at) || text.startsWith("\\\\", at)) {
        at++;
      }
      out.append(text.charAt(at++));
    }
    require(at < text.length());
    at++;
    return out.toString();
  }

  private void skipSpace() {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
  }

  private void require(boolean fits) throws MalformedBodyException {
    if (!fits) {
      throw new MalformedBodyException(what + " is malformed");
    }
  }

  /** Whether a character may stand in a token (RFC 9110 section 5.6.2). */
  static boolean isToken(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
  }
}
