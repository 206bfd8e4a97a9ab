package io.ostiary.servlet.jakarta;

import io.ostiary.core.HeadRewrite;
import io.ostiary.core.PathRewrite;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request whose head named a custom endpoint or an alias, as the app sees it: with the model behind it in path, query and
 * headers, and all else as the client sent it.
 *
 * <p>Known weakness: {@code getHttpServletMapping()} still has the client's path; Servlet 3.1 does not know its type. An app that
 * looks for a model there finds a name that it does not know.
 */
final class RenamedRequest extends HttpServletRequestWrapper {

  private final HeadRewrite rewrite;

  /**
   * That of the door, if it stands in one. Jetty 9.4 knows of none any more once the app has returned from a call that went
   * asynchronous.
   */
  private final @Nullable ServletContext context;

  RenamedRequest(HttpServletRequest request, HeadRewrite rewrite) {
    super(request);
    this.rewrite = rewrite;
    this.context = request.getServletContext();
  }

  // ---- headers

  @Override
  public @Nullable String getHeader(String name) {
    String model = rewrite.header(name);
    return model == null ? super.getHeader(name) : model;
  }

  @Override
  public Enumeration<String> getHeaders(String name) {
    String model = rewrite.header(name);
    return model == null ? super.getHeaders(name) : Collections.enumeration(List.of(model));
  }

  // ---- the query

  @Override
  public @Nullable String getQueryString() {
    String query = super.getQueryString();
    return query == null ? null : rewrite.query(query);
  }

  @Override
  public @Nullable String getParameter(String name) {
    String value = super.getParameter(name);
    return value == null ? null : rewrite.parameter(name, value);
  }

  @Override
  public String @Nullable [] getParameterValues(String name) {
    String[] values = super.getParameterValues(name);
    return values == null ? null : rewritten(name, values);
  }

  @Override
  public Map<String, String[]> getParameterMap() {
    Map<String, String[]> all = new LinkedHashMap<>();
    super.getParameterMap().forEach((name, values) -> all.put(name, rewritten(name, values)));
    return Collections.unmodifiableMap(all);
  }

  private String[] rewritten(String name, String[] values) {
    String[] all = values.clone();
    for (int i = 0; i < all.length; i++) {
      all[i] = rewrite.parameter(name, all[i]);
    }
    return all;
  }

  // ---- the path, unless a forward has led to another

  private @Nullable PathRewrite path() {
    PathRewrite path = rewrite.path();
    return path != null && path.sent().equals(super.getRequestURI()) ? path : null;
  }

  @Override
  public String getRequestURI() {
    PathRewrite path = path();
    return path == null ? super.getRequestURI() : path.raw();
  }

  @Override
  public StringBuffer getRequestURL() {
    StringBuffer url = super.getRequestURL();
    PathRewrite path = path();
    if (path != null) {
      url.setLength(url.length() - path.sent().length());
      url.append(path.raw());
    }
    return url;
  }

  @Override
  public String getServletPath() {
    return rewritten(super.getServletPath(), lengthOfContext());
  }

  @Override
  public @Nullable String getPathInfo() {
    String rest = super.getPathInfo();
    String servlet = super.getServletPath();
    int before = lengthOfContext() + (servlet == null ? 0 : servlet.length());
    return rest == null ? null : rewritten(rest, before);
  }

  @Override
  public @Nullable String getPathTranslated() {
    String rest = getPathInfo();
    ServletContext here = context();
    return rest == null || path() == null || here == null
        ? super.getPathTranslated()
        : here.getRealPath(rest);
  }

  private @Nullable ServletContext context() {
    return context == null ? getServletContext() : context;
  }

  private int lengthOfContext() {
    ServletContext here = context();
    return here == null ? 0 : here.getContextPath().length();
  }

  private String rewritten(String part, int offset) {
    PathRewrite path = path();
    return path == null ? part : path.in(part, offset);
  }
}
