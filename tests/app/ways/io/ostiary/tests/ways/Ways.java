package io.ostiary.tests.ways;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.io.IOException;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An app with as many ways in as there are: what it has besides are files. It counts what of it a call touches, and tells it at {@code
 * /touched}.
 */
public final class Ways
    implements ServletContextListener, ServletRequestListener, HttpSessionListener {

  private static final AtomicInteger TOUCHED = new AtomicInteger();

  @Override
  public void contextInitialized(ServletContextEvent event) {
    ServletContext context = event.getServletContext();
    // A lambda's class is hidden: an agent that looks for filters by their type never sees it.
    filter(context, "shortcut", "/shortcut", (request, response, chain) -> say(response, "short"));
    filter(
        context,
        "counter",
        "/*",
        (request, response, chain) -> {
          TOUCHED.incrementAndGet();
          ((HttpServletRequest) request).getSession();
          chain.doFilter(request, response);
        });
    context
        .addServlet("servlet", new Saying("by a servlet"))
        .addMapping("/servlet", "/secret/servlet", "/model");
    context.addServlet("touched", new Saying(null)).addMapping("/touched");
  }

  private static void filter(ServletContext context, String name, String path, Filtering filter) {
    context
        .addFilter(name, filter)
        .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, path);
  }

  private static void say(Object response, String what) throws IOException {
    ((HttpServletResponse) response).setContentType("text/plain");
    ((HttpServletResponse) response).getWriter().print(what);
  }

  @Override
  public void requestInitialized(ServletRequestEvent event) {
    TOUCHED.incrementAndGet();
  }

  @Override
  public void sessionCreated(HttpSessionEvent event) {
    TOUCHED.incrementAndGet();
  }

  @Override
  public void contextDestroyed(ServletContextEvent event) {}

  @Override
  public void requestDestroyed(ServletRequestEvent event) {}

  @Override
  public void sessionDestroyed(HttpSessionEvent event) {}

  /** A filter of one method also where the servlet API is too old for it to be one. */
  private interface Filtering extends Filter {

    @Override
    default void init(FilterConfig config) {}

    @Override
    default void destroy() {}
  }

  private static final class Saying extends HttpServlet {

    private static final long serialVersionUID = 1;

    private final String what;

    Saying(String what) {
      this.what = what;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws ServletException, IOException {
      say(response, what == null ? "touched " + TOUCHED.get() : what);
    }
  }
}
