package io.ostiary.servlet.jakarta;

import io.ostiary.core.Veil;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.PushBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A request under a {@link Veil}: the same in every accessor, but for the headers and the parameter that the app is not to see. */
final class VeiledRequest extends HttpServletRequestWrapper {

  private final Veil veil;

  VeiledRequest(HttpServletRequest request, Veil veil) {
    super(request);
    this.veil = veil;
  }

  // ---- headers

  @Override
  public @Nullable String getHeader(String name) {
    return veil.covers(name) ? veil.value(name) : super.getHeader(name);
  }

  @Override
  public Enumeration<String> getHeaders(String name) {
    if (!veil.covers(name)) {
      return super.getHeaders(name);
    }
    String value = veil.value(name);
    return Collections.enumeration(value == null ? List.of() : List.of(value));
  }

  @Override
  public Enumeration<String> getHeaderNames() {
    Set<String> names = new LinkedHashSet<>();
    Enumeration<String> all = super.getHeaderNames();
    while (all != null && all.hasMoreElements()) {
      String name = all.nextElement();
      if (!veil.covers(name)) {
        names.add(name);
      }
    }
    if (veil.tag() != null) {
      names.add(Veil.TOLD);
    }
    return Collections.enumeration(names);
  }

  @Override
  public int getIntHeader(String name) {
    if (!veil.covers(name)) {
      return super.getIntHeader(name);
    }
    String value = veil.value(name);
    return value == null ? -1 : Integer.parseInt(value);
  }

  @Override
  public long getDateHeader(String name) {
    if (!veil.covers(name)) {
      return super.getDateHeader(name);
    }
    if (veil.value(name) != null) {
      throw new IllegalArgumentException(name + " is no date");
    }
    return -1;
  }

  /** A push would carry the client's headers to whoever answers it, and the query in a header of its own. */
  @Override
  public @Nullable PushBuilder newPushBuilder() {
    PushBuilder push = super.newPushBuilder();
    if (push != null) {
      for (String name : List.copyOf(push.getHeaderNames())) {
        if (veil.covers(name)) {
          push.removeHeader(name);
        }
      }
      if (veil.parameter() != null) {
        push.removeHeader("Referer");
      }
    }
    return push;
  }

  // ---- the query

  @Override
  public @Nullable String getQueryString() {
    return veil.query(super.getQueryString());
  }

  /** Containers keep the query of before a forward, an error or an asynchronous dispatch, some of them as it came. */
  @Override
  public @Nullable Object getAttribute(String name) {
    Object value = super.getAttribute(name);
    return value instanceof String query && isEarlierQuery(name) ? veil.query(query) : value;
  }

  private static boolean isEarlierQuery(String name) {
    return name.endsWith(".servlet.forward.query_string")
        || name.endsWith(".servlet.error.query_string")
        || name.endsWith(".servlet.async.query_string");
  }

  @Override
  public @Nullable String getParameter(String name) {
    String[] values = getParameterValues(name);
    return values == null ? null : values[0];
  }

  @Override
  public String @Nullable [] getParameterValues(String name) {
    return seen(name, super.getParameterValues(name));
  }

  @Override
  public Map<String, String[]> getParameterMap() {
    if (veil.parameter() == null) {
      return super.getParameterMap();
    }
    Map<String, String[]> seen = new LinkedHashMap<>();
    super.getParameterMap()
        .forEach(
            (name, values) -> {
              String[] left = seen(name, values);
              if (left != null) {
                seen.put(name, left);
              }
            });
    return Collections.unmodifiableMap(seen);
  }

  @Override
  public Enumeration<String> getParameterNames() {
    return veil.parameter() == null
        ? super.getParameterNames()
        : Collections.enumeration(getParameterMap().keySet());
  }

  /** What the app itself sends a call on with comes before what the client sent (Servlet 5.0, section 9.1.1), and stays. */
  private String @Nullable [] seen(String name, String @Nullable [] values) {
    if (values == null || !name.equals(veil.parameter())) {
      return values;
    }
    List<String> left = new ArrayList<>(values.length);
    for (String value : values) {
      if (!veil.hides(value)) {
        left.add(value);
      }
    }
    return left.isEmpty() ? null : left.toArray(new String[0]);
  }
}
