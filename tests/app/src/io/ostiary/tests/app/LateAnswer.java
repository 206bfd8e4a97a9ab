package io.ostiary.tests.app;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.io.IOException;

/** An app that has an answer of its own when the time of an asynchronous call is over. */
final class LateAnswer implements AsyncListener {

  @Override
  public void onTimeout(AsyncEvent event) throws IOException {
    event.getAsyncContext().getResponse().setContentType("application/json");
    event.getAsyncContext().getResponse().getOutputStream().print("{\"late\":true}");
    event.getAsyncContext().complete();
  }

  @Override
  public void onComplete(AsyncEvent event) {}

  @Override
  public void onError(AsyncEvent event) {}

  @Override
  public void onStartAsync(AsyncEvent event) {}
}
