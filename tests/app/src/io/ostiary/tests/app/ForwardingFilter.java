package io.ostiary.tests.app;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;

/** Gives the app the first forwarded address, and hides the header, as Spring's {@code ForwardedHeaderFilter} does. */
final class ForwardingFilter implements Filter {

  private static final String HEADER = "X-Forwarded-For";

  @Override
  public void init(FilterConfig config) {}

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String forwarded = ((HttpServletRequest) request).getHeader(HEADER);
    chain.doFilter(
        forwarded == null ? request : new Forwarded((HttpServletRequest) request, forwarded),
        response);
  }

  @Override
  public void destroy() {}

  private static final class Forwarded extends HttpServletRequestWrapper {

    private final String address;

    Forwarded(HttpServletRequest request, String forwarded) {
      super(request);
      address = forwarded.split(",", -1)[0].trim();
    }

    @Override
    public String getRemoteAddr() {
      return address;
    }

    @Override
    public String getHeader(String name) {
      return HEADER.equalsIgnoreCase(name) ? null : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
      return HEADER.equalsIgnoreCase(name)
          ? Collections.emptyEnumeration()
          : super.getHeaders(name);
    }
  }
}
