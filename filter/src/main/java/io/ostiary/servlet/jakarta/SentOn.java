package io.ostiary.servlet.jakarta;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.jspecify.annotations.Nullable;

/**
 * The head of a call that the app, or the server for it, has sent on to another path, as it would be had the client sent it
 * there: by a forward, an include or an asynchronous dispatch. An error page is no place that a client can choose, and is not judged.
 * By a servlet's name a call keeps its path, and cannot be told from one that went nowhere.
 */
final class SentOn extends HttpServletRequestWrapper {

  private final DispatcherType way;

  SentOn(HttpServletRequest request) {
    super(request);
    this.way = request.getDispatcherType();
  }

  static boolean is(HttpServletRequest request) {
    DispatcherType way = request.getDispatcherType();
    return way != DispatcherType.REQUEST && way != DispatcherType.ERROR;
  }

  @Override
  public @Nullable String getRequestURI() {
    return included() ? text(RequestDispatcher.INCLUDE_REQUEST_URI) : super.getRequestURI();
  }

  @Override
  public @Nullable String getServletPath() {
    return included() ? text(RequestDispatcher.INCLUDE_SERVLET_PATH) : super.getServletPath();
  }

  @Override
  public @Nullable String getPathInfo() {
    return included() ? text(RequestDispatcher.INCLUDE_PATH_INFO) : super.getPathInfo();
  }

  /** Whatever query it was given on its way, those before still count for the parameters that the app sees. */
  @Override
  public @Nullable String getQueryString() {
    String own = super.getQueryString();
    return switch (way) {
      case INCLUDE -> joined(text(RequestDispatcher.INCLUDE_QUERY_STRING), own);
      case FORWARD -> joined(own, text(RequestDispatcher.FORWARD_QUERY_STRING));
      case ASYNC -> joined(own, text(AsyncContext.ASYNC_QUERY_STRING));
      case ERROR, REQUEST -> own;
    };
  }

  private boolean included() {
    return way == DispatcherType.INCLUDE;
  }

  private @Nullable String text(String attribute) {
    return getAttribute(attribute) instanceof String text ? text : null;
  }

  private static @Nullable String joined(@Nullable String last, @Nullable String first) {
    if (last == null || first == null) {
      return last == null ? first : last;
    }
    return last.equals(first) ? last : last + "&" + first;
  }
}
