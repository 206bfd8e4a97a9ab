package io.ostiary.servlet.jakarta;

import io.ostiary.core.Call;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** The head of a servlet request, as the guard sees it. */
final class ServletCall implements Call {

  private final HttpServletRequest request;

  ServletCall(HttpServletRequest request) {
    this.request = request;
  }

  @Override
  public String method() {
    return request.getMethod();
  }

  @Override
  public String rawPath() {
    // Jetty 9.4 has none for the authority that CONNECT names.
    String path = request.getRequestURI();
    return path == null ? "" : path;
  }

  @Override
  public @Nullable String resolvedPath() {
    try {
      ServletContext context = request.getServletContext();
      String servletPath = request.getServletPath();
      if (context == null || servletPath == null) {
        return null;
      }
      // The request's own context path is percent-encoded, the context's is not.
      String path = context.getContextPath() + servletPath;
      String rest = request.getPathInfo();
      return rest == null ? path : path + rest;
    } catch (NullPointerException unmapped) {
      // Tomcat's request asks the context for it even before there is one.
      return null;
    }
  }

  @Override
  public @Nullable String query() {
    return request.getQueryString();
  }

  @Override
  public String peer() {
    return request.getAttribute(Door.PEER) instanceof String peer ? peer : request.getRemoteAddr();
  }

  @Override
  public @Nullable String header(String name) {
    return request.getHeader(name);
  }

  @Override
  public Iterator<String> headers(String name) {
    Enumeration<String> lines = request.getHeaders(name);
    return lines == null ? Collections.emptyIterator() : lines.asIterator();
  }

  @Override
  public long declaredLength() {
    return request.getContentLengthLong();
  }

  @Override
  public boolean asksForUpgrade() {
    return RequestHead.asksForUpgrade(request);
  }

  @Override
  public boolean isMultiplexed() {
    return RequestHead.isMultiplexed(request);
  }
}
