package io.ostiary.tests.app;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** The query of a request, read without asking the container for parameters, which could touch the body. */
final class Query {

  private final String query;

  Query(HttpServletRequest request) {
    this.query = request.getQueryString() == null ? "" : request.getQueryString();
  }

  String get(String name, String otherwise) {
    for (String pair : query.split("&")) {
      if (pair.startsWith(name + "=")) {
        return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
      }
    }
    return otherwise;
  }
}
