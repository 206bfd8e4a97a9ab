package io.ostiary.core;

import java.util.List;

/** One header line of an answer. */
public record Header(String name, String value) {

  /** The names of several, as the value of a header that lists them (RFC 9110 section 5.6.1). */
  public static String names(List<Header> headers) {
    StringBuilder names = new StringBuilder(160);
    for (Header header : headers) {
      names.append(names.length() == 0 ? "" : ", ").append(header.name());
    }
    return names.toString();
  }
}
