package io.ostiary.tests.app;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Answers with a page for an error when the time of a call is over, by what it is handed. */
final class LatePage implements AsyncListener {

  private final int status;

  LatePage(int status) {
    this.status = status;
  }

  @Override
  public void onTimeout(AsyncEvent event) throws IOException {
    HttpServletResponse response = (HttpServletResponse) event.getAsyncContext().getResponse();
    response.setStatus(status);
    response.setContentType("text/html");
    response.getWriter().print("<h1>secret</h1>");
    event.getAsyncContext().complete();
  }

  @Override
  public void onComplete(AsyncEvent event) {}

  @Override
  public void onError(AsyncEvent event) {}

  @Override
  public void onStartAsync(AsyncEvent event) {}
}
