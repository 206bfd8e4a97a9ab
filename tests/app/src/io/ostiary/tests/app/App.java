package io.ostiary.tests.app;

import io.ostiary.servlet.jakarta.OstiaryFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import java.nio.file.Path;
import java.util.EnumSet;

/** A small app that knows nothing of the guard, and the ways of putting the guard's filter before it. */
final class App {

  private App() {}

  /**
   * Sets the app up.
   *
   * @param filters how many guard filters stand before it: with an agent, none
   */
  static void install(ServletContext context, Path policy, int filters) {
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
    add(context, new EventsServlet(), "/events");
    add(context, new DispatchServlet(), "/dispatch/*");
    add(context, new HitsServlet(), "/open/hits");
  }

  private static void add(ServletContext context, HttpServlet servlet, String... paths) {
    ServletRegistration.Dynamic added =
        context.addServlet(servlet.getClass().getSimpleName(), servlet);
    added.setAsyncSupported(true);
    added.setMultipartConfig(new MultipartConfigElement(System.getProperty("java.io.tmpdir")));
    added.addMapping(paths);
  }

  /** Apart, so that without a filter its class is not even looked for. */
  private static final class Guarded {

    static void install(ServletContext context, Path policy, String name) {
      var filter = context.addFilter(name, new OstiaryFilter(policy));
      filter.setAsyncSupported(true);
      filter.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
    }
  }
}
