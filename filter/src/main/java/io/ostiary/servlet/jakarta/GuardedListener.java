package io.ostiary.servlet.jakarta;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.io.IOException;

/**
 * A listener of the app's, which is handed the asynchronous call as the app began it: what it completes there is told as anything
 * that the app completes.
 */
final class GuardedListener implements AsyncListener {

  private final AsyncListener listener;
  private final GuardedResponse response;

  GuardedListener(AsyncListener listener, GuardedResponse response) {
    this.listener = listener;
    this.response = response;
  }

  private AsyncEvent guarded(AsyncEvent event) {
    AsyncContext context = event.getAsyncContext();
    return context == null
        ? event
        : new AsyncEvent(
            new GuardedAsync(context, response, null, null),
            event.getSuppliedRequest(),
            event.getSuppliedResponse(),
            event.getThrowable());
  }

  @Override
  public void onComplete(AsyncEvent event) throws IOException {
    listener.onComplete(guarded(event));
  }

  @Override
  public void onTimeout(AsyncEvent event) throws IOException {
    listener.onTimeout(guarded(event));
  }

  @Override
  public void onError(AsyncEvent event) throws IOException {
    listener.onError(guarded(event));
  }

  @Override
  public void onStartAsync(AsyncEvent event) throws IOException {
    listener.onStartAsync(guarded(event));
  }
}
