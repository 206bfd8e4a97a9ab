package io.ostiary.tests.app;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Lets scripts of any origin read what they are answered; it stands before every other filter of the app. */
public final class CorsFilter implements Filter {

  @Override
  public void init(FilterConfig config) {}

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String origin = ((HttpServletRequest) request).getHeader("Origin");
    if (origin != null) {
      ((HttpServletResponse) response).setHeader("Access-Control-Allow-Origin", origin);
    }
    chain.doFilter(request, response);
  }

  @Override
  public void destroy() {}
}
