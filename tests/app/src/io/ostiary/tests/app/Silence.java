package io.ostiary.tests.app;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;

/** An asynchronous call that shows the head of its answer, writes nothing more, and counts what it is told. */
final class Silence implements AsyncListener {

  private final String test;

  private Silence(String test) {
    this.test = test;
  }

  static void keep(Play play, HttpServletRequest request) throws IOException {
    AsyncContext context = request.startAsync();
    context.setTimeout(30_000);
    context.addListener(new Silence(play.header("X-Test", "none")));
    context.getResponse().flushBuffer();
  }

  @Override
  public void onError(AsyncEvent event) {
    Hits.count(test + "-told");
    event.getAsyncContext().complete();
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    event.getAsyncContext().complete();
  }

  @Override
  public void onComplete(AsyncEvent event) {
    Hits.count(test + "-ended");
  }

  @Override
  public void onStartAsync(AsyncEvent event) {}
}
