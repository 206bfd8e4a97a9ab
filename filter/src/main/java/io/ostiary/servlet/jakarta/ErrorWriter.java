package io.ostiary.servlet.jakarta;

import io.ostiary.core.BodyHeaders;
import io.ostiary.core.Header;
import io.ostiary.core.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the answer to an error in place of what has not left yet. Headers that the app or an earlier filter has set stay, but
 * for those that speak of the body.
 */
final class ErrorWriter {

  private static final String CHALLENGE = "WWW-Authenticate";

  private ErrorWriter() {}

  /** Writes and flushes; nothing may have left. */
  static void write(HttpServletRequest request, HttpServletResponse response, Refusal answer)
      throws IOException {
    List<Header> kept = kept(response);
    // Not resetBuffer alone: an app that has taken the writer has taken the stream from us.
    response.reset();
    // Jetty's own, such as Date, are there again by now.
    kept.removeIf(header -> response.containsHeader(header.name()));
    kept.forEach(header -> response.addHeader(header.name(), header.value()));
    response.setStatus(answer.status());
    for (Header header : answer.headers()) {
      if (!header.name().equals(CHALLENGE) || !response.containsHeader(CHALLENGE)) {
        response.setHeader(header.name(), header.value());
      }
    }
    ExposedHeaders.add(response, answer.headers());
    response.setContentLength(answer.body().length);
    if (!"HEAD".equals(request.getMethod())) {
      response.getOutputStream().write(answer.body());
    }
    response.flushBuffer();
  }

  private static List<Header> kept(HttpServletResponse response) {
    List<Header> kept = new ArrayList<>();
    for (String name : response.getHeaderNames()) {
      if (!BodyHeaders.have(name)) {
        for (String value : response.getHeaders(name)) {
          kept.add(new Header(name, value));
        }
      }
    }
    return kept;
  }
}
