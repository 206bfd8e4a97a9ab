package io.ostiary.tests.fuzz;

import io.ostiary.servlet.jakarta.OstiaryFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.nio.file.Path;
import java.util.EnumSet;

/** Sets the app up that both fuzzers ask, in one context of a server. */
final class App {

  private App() {}

  /** The app, with the guard as its filter or without. */
  static void install(ServletContext context, Path policy, boolean filtered) {
    if (filtered) {
      Guarded.install(context, policy);
    }
    add(
        context,
        new ModelServlet(),
        "/json",
        "/json-query-header",
        "/form",
        "/form-json-header",
        "/query",
        "/header");
    add(context, new PathServlet("exact"), "/v1/chat/completions");
    add(context, new PathServlet("prefix"), "/guarded/*");
    add(context, new PathServlet("extension"), "*.predict");
    add(context, new PathServlet("models"), "/v2/models/*");
    add(context, new PathServlet("open"), "/open/*");
    add(context, new PathServlet("router"), "/");
    add(context, new DispatchServlet(), "/go/*", "/open/go/*");
  }

  private static void add(ServletContext context, Servlet servlet, String... paths) {
    ServletRegistration.Dynamic added =
        context.addServlet(servlet.getClass().getSimpleName() + paths[0], servlet);
    added.setAsyncSupported(true);
    added.setMultipartConfig(new MultipartConfigElement(System.getProperty("java.io.tmpdir")));
    added.addMapping(paths);
  }

  /** Apart, so that without a filter its class is not even looked for. */
  private static final class Guarded {

    static void install(ServletContext context, Path policy) {
      var filter = context.addFilter("guard", new OstiaryFilter(policy));
      filter.setAsyncSupported(true);
      filter.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
    }
  }
}
