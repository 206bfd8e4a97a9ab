package io.ostiary.servlet.jakarta;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * The asynchronous part of an admitted call as its app sees it: when the app completes it, an error is told first that the app has
 * written, or left without a body; when the app sends it on, what it has written leaves as it is, since not every door sees the
 * dispatch.
 */
final class GuardedAsync implements AsyncContext {

  private final AsyncContext context;
  private final GuardedResponse response;

  private GuardedAsync(AsyncContext context, GuardedResponse response) {
    this.context = context;
    this.response = response;
  }

  /** What the app is given: the container's own where no error is told anew. */
  static AsyncContext of(AsyncContext context, @Nullable ServletResponse response) {
    GuardedResponse guarded = GuardedResponse.within(response);
    if (guarded == null || context instanceof GuardedAsync) {
      return context;
    }
    guarded.endIsSeen();
    return new GuardedAsync(context, guarded);
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
    response.isSentOn();
    context.dispatch();
  }

  @Override
  public void dispatch(@Nullable String path) {
    response.isSentOn();
    context.dispatch(path);
  }

  @Override
  public void dispatch(@Nullable ServletContext other, @Nullable String path) {
    response.isSentOn();
    context.dispatch(other, path);
  }

  @Override
  public void start(@Nullable Runnable run) {
    context.start(run);
  }

  @Override
  public void addListener(@Nullable AsyncListener listener) {
    context.addListener(guarded(listener));
  }

  @Override
  public void addListener(
      @Nullable AsyncListener listener,
      @Nullable ServletRequest request,
      @Nullable ServletResponse response) {
    context.addListener(guarded(listener), request, response);
  }

  private @Nullable AsyncListener guarded(@Nullable AsyncListener listener) {
    return listener == null ? null : new GuardedListener(listener, response);
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
