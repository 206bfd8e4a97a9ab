package io.ostiary.servlet.jakarta;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * The asynchronous part of an admitted call as its app sees it: when the app completes it, an error without a body is told first. An
 * app that completes it by what its listener is handed, which is the container's own, leaves such an error as it is.
 */
final class GuardedAsync implements AsyncContext {

  private final AsyncContext context;
  private final GuardedResponse response;

  private GuardedAsync(AsyncContext context, GuardedResponse response) {
    this.context = context;
    this.response = response;
  }

  /** What the app is given: the container's own where no error is told anew. */
  static AsyncContext of(AsyncContext context, ServletResponse response) {
    GuardedResponse guarded = GuardedResponse.within(response);
    return guarded == null || context instanceof GuardedAsync
        ? context
        : new GuardedAsync(context, guarded);
  }

  @Override
  public void complete() {
    response.isComplete();
    context.complete();
  }

  @Override
  public ServletRequest getRequest() {
    return context.getRequest();
  }

  @Override
  public ServletResponse getResponse() {
    return context.getResponse();
  }

  @Override
  public boolean hasOriginalRequestAndResponse() {
    return context.hasOriginalRequestAndResponse();
  }

  @Override
  public void dispatch() {
    context.dispatch();
  }

  @Override
  public void dispatch(@Nullable String path) {
    context.dispatch(path);
  }

  @Override
  public void dispatch(@Nullable ServletContext other, @Nullable String path) {
    context.dispatch(other, path);
  }

  @Override
  public void start(@Nullable Runnable run) {
    context.start(run);
  }

  @Override
  public void addListener(@Nullable AsyncListener listener) {
    context.addListener(listener);
  }

  @Override
  public void addListener(
      @Nullable AsyncListener listener,
      @Nullable ServletRequest request,
      @Nullable ServletResponse response) {
    context.addListener(listener, request, response);
  }

  @Override
  public <T extends AsyncListener> T createListener(@Nullable Class<T> type)
      throws ServletException {
    return context.createListener(type);
  }

  @Override
  public void setTimeout(long milliseconds) {
    context.setTimeout(milliseconds);
  }

  @Override
  public long getTimeout() {
    return context.getTimeout();
  }
}
