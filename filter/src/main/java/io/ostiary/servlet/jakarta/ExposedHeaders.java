package io.ostiary.servlet.jakarta;

import io.ostiary.core.Header;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The names of our headers in {@code Access-Control-Expose-Headers}, beside those that the app lists. */
final class ExposedHeaders {

  private static final String ALLOW = "Access-Control-Allow-Origin";
  private static final String EXPOSE = "Access-Control-Expose-Headers";

  private ExposedHeaders() {}

  /** Whether a header decides what scripts of another origin may read. */
  static boolean isCors(@Nullable String name) {
    return ALLOW.equalsIgnoreCase(name) || EXPOSE.equalsIgnoreCase(name);
  }

  /** Lists the headers, if scripts of another origin may read the answer at all and they are not listed yet. */
  static void add(HttpServletResponse response, List<Header> headers) {
    if (!response.containsHeader(ALLOW)) {
      return;
    }
    String ours = Header.names(headers);
    Collection<String> listed = response.getHeaders(EXPOSE);
    if (listed == null || !listed.contains(ours)) {
      response.addHeader(EXPOSE, ours);
    }
  }
}
