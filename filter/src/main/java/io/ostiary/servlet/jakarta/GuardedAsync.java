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
  private final @Nullable GuardedResponse response;
  private final @Nullable String origin;
  private final @Nullable AnswerMeter meter;
  private volatile boolean letGo;

  /**
   * What the app is given in place of the container's own.
   *
   * @param response by which errors are told, or {@code null} if they are not
   * @param origin where the call is dispatched to unless the app says where, or {@code null} to leave that to the container
   * @param meter who hears when the container knows the call no longer, or {@code null} if that does not matter
   */
  GuardedAsync(
      AsyncContext context,
      @Nullable GuardedResponse response,
      @Nullable String origin,
      @Nullable AnswerMeter meter) {
    this.meter = meter;
    this.context = context;
    this.response = response;
    this.origin = origin;
    if (response != null) {
      response.endIsSeen();
    }
  }

  boolean isOf(AsyncContext other) {
    return context == other;
  }

  /** Whether the app has completed the call, or handed it on, in this cycle. */
  boolean isLetGo() {
    return letGo;
  }

  @Override
  public void complete() {
    if (response != null) {
      response.isComplete();
    }
    try {
      context.complete();
    } catch (IllegalStateException refused) {
      throw noted(refused);
    }
    letGo = true;
  }

  @Override
  public ServletRequest getRequest() {
    try {
      return context.getRequest();
    } catch (IllegalStateException refused) {
      throw noted(refused);
    }
  }

  @Override
  public ServletResponse getResponse() {
    try {
      return context.getResponse();
    } catch (IllegalStateException refused) {
      throw noted(refused);
    }
  }

  private IllegalStateException noted(IllegalStateException refused) {
    if (meter != null && !letGo) {
      meter.callMayBeOver();
    }
    return refused;
  }

  @Override
  public boolean hasOriginalRequestAndResponse() {
    return context.hasOriginalRequestAndResponse();
  }

  @Override
  public void dispatch() {
    isSentOn();
    if (origin == null) {
      context.dispatch();
    } else {
      context.dispatch(origin);
    }
    letGo = true;
  }

  @Override
  public void dispatch(@Nullable String path) {
    isSentOn();
    context.dispatch(path);
    letGo = true;
  }

  @Override
  public void dispatch(@Nullable ServletContext other, @Nullable String path) {
    isSentOn();
    context.dispatch(other, path);
    letGo = true;
  }

  private void isSentOn() {
    if (response != null) {
      response.isSentOn();
    }
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
    return listener == null || response == null
        ? listener
        : new GuardedListener(listener, response);
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
