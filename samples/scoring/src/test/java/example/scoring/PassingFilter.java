package example.scoring;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Stands where {@code web.xml} has the guard, lets everything pass, and says in headers how it was installed. */
public final class PassingFilter extends HttpFilter {

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    response.setHeader("x-config", getInitParameter("config"));
    response.setHeader("x-async", String.valueOf(request.isAsyncSupported()));
    chain.doFilter(request, response);
  }
}
