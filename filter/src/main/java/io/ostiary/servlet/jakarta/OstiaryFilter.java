package io.ostiary.servlet.jakarta;

import io.ostiary.core.PolicyException;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The guard as a servlet filter. It belongs before all other filters, at {@code /*}, with asynchronous calls supported:
 *
 * <ul>
 *   <li>in {@code web.xml}, where the init-param {@code config} names the policy file;
 *   <li>as a subclass of one line with {@code @WebFilter(urlPatterns = "/*", asyncSupported = true)};
 *   <li>from code, as {@code new OstiaryFilter(Path.of("ostiary.properties"))}.
 * </ul>
 *
 * <p>Without a file it is looked for in the usual places. A call is judged once, however often it is forwarded, included or
 * dispatched, unless that leads from a path without a key to one that needs one (map it for all dispatcher types), and however often
 * the filter is installed, also together with the agent. All filters with the same file share its limits. On Tomcat the connector
 * sends {@code 100 Continue} before any filter sees a request; only the agent comes earlier.
 */
public class OstiaryFilter implements Filter {

  private final @Nullable Path file;
  private @Nullable SharedGuard shared;
  private volatile @Nullable Door door;

  /** A filter whose policy file the container's configuration names, or that is in one of the usual places. */
  public OstiaryFilter() {
    this.file = null;
  }

  /** A filter that guards by a policy file. */
  public OstiaryFilter(Path file) {
    this.file = file;
  }

  /**
   * Opens the policy file.
   *
   * @throws ServletException if the file cannot be read or has problems; the message is the list of them
   */
  @Override
  public void init(FilterConfig config) throws ServletException {
    String named = config.getInitParameter("config");
    try {
      Path policy = file == null && named != null ? Path.of(named) : file;
      SharedGuard opened = SharedGuard.open(policy, () -> contextOf(config));
      shared = opened;
      door = new Door(opened.guard());
    } catch (PolicyException bad) {
      throw new ServletException(
          "Ostiary cannot guard, the policy has problems:\n"
              + String.valueOf(bad.getMessage()).indent(2),
          bad);
    }
  }

  /** Whoever calls this without a container has none, though the specification does not know that. */
  private static @Nullable String contextOf(FilterConfig config) {
    ServletContext context = config.getServletContext();
    return context == null ? null : context.getContextPath();
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request instanceof HttpServletRequest http
        && response instanceof HttpServletResponse answer) {
      guard(http, answer, chain);
    } else {
      chain.doFilter(request, response);
    }
  }

  private void guard(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Door through = door;
    if (through == null) {
      throw new ServletException("The filter has not been initialised, and lets nothing pass.");
    }
    Passage passage = through.enter(request, response);
    if (passage == null) {
      chain.doFilter(request, response);
    } else if (passage.isRefused()) {
      passage.linger();
    } else {
      pass(passage, chain);
    }
  }

  private static void pass(Passage passage, FilterChain chain)
      throws IOException, ServletException {
    try {
      chain.doFilter(passage.request(), passage.response());
    } catch (Throwable failure) {
      if (passage.leave(failure)) {
        return;
      }
      throw failure;
    }
    passage.leave(null);
  }

  /** Lets go of the policy file. */
  @Override
  public void destroy() {
    SharedGuard opened = shared;
    door = null;
    shared = null;
    if (opened != null) {
      opened.close();
    }
  }
}
