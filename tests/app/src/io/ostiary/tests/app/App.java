package io.ostiary.tests.app;

import io.ostiary.servlet.jakarta.OstiaryFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Enumeration;

/** A small app that knows nothing of the guard, and the ways of putting the guard's filter before it. */
final class App {

  private App() {}

  /**
   * Sets the app up.
   *
   * @param filters how many guard filters stand before it: with an agent, none
   */
  static void install(ServletContext context, Path policy, int filters) {
    filter(context, new CorsFilter(), "cors", EnumSet.allOf(DispatcherType.class));
    if (Serving.filtersAddresses()) {
      filter(context, new ForwardingFilter(), "forwarding", EnumSet.allOf(DispatcherType.class));
    }
    if (filters > 0) {
      Guarded.keepBudgets(policy);
    }
    for (int i = 0; i < filters; i++) {
      Guarded.install(context, policy, "guard-" + i);
    }
    add(
        context,
        new EchoServlet(),
        "/v1/*",
        "/openai/*",
        "/eas/*",
        "/dashscope/*",
        "/anthropic/*",
        "/small/*",
        "/forms/*");
    add(context, new TextServlet(), "/text/*");
    // It does not say that it may be asynchronous, as few do that a web.xml names.
    context.addServlet("synchronous", new TextServlet()).addMapping("/text/synchronous");
    add(context, new EventsServlet(), "/events");
    add(context, new DispatchServlet(), "/dispatch/*", "/aside/dispatch/*");
    add(context, new PlayServlet(), "/play/*", "/open/play");
    add(context, new ErrorPageServlet(), "/play/error-page");
    add(context, new TroubleServlet(), "/trouble/*");
    add(context, new LateTroubleServlet(), "/late-trouble/*");
    // By its class: an instance is initialised at the start by Jetty 9.4.20, which then ends.
    map(context.addServlet("down", DownServlet.class), "/down-trouble/*");
    map(context.addServlet("down-nowhere", DownServlet.class), "/nowhere/down/*");
    add(context, new HitsServlet(), "/open/hits");
    add(context, new InsideServlet(), "/open/inside");
    add(context, new FiguresServlet(), "/open/figures");
    add(context, new HeadServlet(), "/head/*", "/open/head/*", "/aside/*");
    add(context, new SeenServlet(), "/seen/*");
    add(context, new OutputServlet(), "/output/*");
  }

  private static void add(ServletContext context, HttpServlet servlet, String... paths) {
    map(context.addServlet(servlet.getClass().getSimpleName() + " " + paths[0], servlet), paths);
  }

  private static void map(ServletRegistration.Dynamic added, String... paths) {
    added.setAsyncSupported(true);
    added.setMultipartConfig(new MultipartConfigElement(System.getProperty("java.io.tmpdir")));
    added.addMapping(paths);
  }

  private static void filter(
      ServletContext context, Filter filter, String name, EnumSet<DispatcherType> dispatches) {
    var added = context.addFilter(name, filter);
    added.setAsyncSupported(true);
    added.addMappingForUrlPatterns(dispatches, false, "/*");
  }

  /** Apart, so that without a filter its class is not even looked for. */
  private static final class Guarded {

    private static OstiaryFilter kept;

    /** Like a filter of another app in the same server, one that outlives a restart of this one. */
    static void keepBudgets(Path policy) {
      if (kept == null) {
        kept = new OstiaryFilter(policy);
        try {
          kept.init(new NoSettings());
        } catch (ServletException bad) {
          throw new IllegalStateException(bad);
        }
      }
    }

    /** The dispatches for which the guard's filters are asked. */
    private static EnumSet<DispatcherType> dispatches() {
      String only = System.getProperty("app.dispatches");
      return only == null
          ? EnumSet.allOf(DispatcherType.class)
          : EnumSet.of(DispatcherType.valueOf(only));
    }

    static void install(ServletContext context, Path policy, String name) {
      filter(context, new OstiaryFilter(policy), name, dispatches());
    }
  }

  /** The settings of a filter that stands in no container. */
  private static final class NoSettings implements FilterConfig {

    @Override
    public String getFilterName() {
      return "kept";
    }

    @Override
    public ServletContext getServletContext() {
      return null;
    }

    @Override
    public String getInitParameter(String name) {
      return null;
    }

    @Override
    public Enumeration<String> getInitParameterNames() {
      return Collections.emptyEnumeration();
    }
  }
}
