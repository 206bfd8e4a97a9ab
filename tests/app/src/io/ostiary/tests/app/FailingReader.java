package io.ostiary.tests.app;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;

/** Reads a body as it comes, and fails when it is told that nothing more will. */
final class FailingReader implements ReadListener {

  private final Play play;
  private final AsyncContext context;
  private final ServletInputStream in;

  private FailingReader(Play play, AsyncContext context, ServletInputStream in) {
    this.play = play;
    this.context = context;
    this.in = in;
  }

  static void read(Play play, HttpServletRequest request) throws IOException {
    ServletInputStream in = request.getInputStream();
    AsyncContext context = request.startAsync();
    context.setTimeout(0);
    in.setReadListener(new FailingReader(play, context, in));
  }

  @Override
  public void onDataAvailable() throws IOException {
    while (in.isReady() && in.read() >= 0) {
      play.taken();
    }
  }

  @Override
  public void onAllDataRead() {
    context.complete();
  }

  @Override
  public void onError(Throwable failure) {
    throw new IllegalStateException("as it was asked to");
  }
}
