package io.ostiary.tests.app;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Reads a body as it comes, without holding a thread, and answers when it has been told of the end, once. */
final class Listening implements ReadListener {

  private final AsyncContext context;
  private final HttpServletRequest request;
  private final ServletInputStream in;
  private final ByteArrayOutputStream all = new ByteArrayOutputStream();
  private int ends;

  private Listening(AsyncContext context, HttpServletRequest request, ServletInputStream in) {
    this.context = context;
    this.request = request;
    this.in = in;
  }

  static void to(HttpServletRequest request) throws IOException {
    AsyncContext context = request.startAsync();
    ServletInputStream in = request.getInputStream();
    Listening listener = new Listening(context, request, in);
    // Jetty 9.4's own stream takes no listener for one, and breaks at a second.
    if (in.getClass().getName().startsWith("io.ostiary.servlet.")) {
      refuses(in, null, NullPointerException.class);
      in.setReadListener(listener);
      refuses(in, listener, IllegalStateException.class);
    } else {
      in.setReadListener(listener);
    }
  }

  private static void refuses(
      ServletInputStream in, ReadListener listener, Class<? extends RuntimeException> how)
      throws IOException {
    try {
      in.setReadListener(listener);
    } catch (RuntimeException refusal) {
      if (how.isInstance(refusal)) {
        return;
      }
    }
    throw new IOException("a listener was accepted that should not be");
  }

  @Override
  public void onDataAvailable() throws IOException {
    byte[] some = new byte[1000];
    while (in.isReady() && !in.isFinished()) {
      int read = in.read(some);
      if (read > 0) {
        all.write(some, 0, read);
      }
    }
  }

  @Override
  public void onAllDataRead() throws IOException {
    String test = request.getHeader("X-Test");
    if (test != null) {
      Hits.count(test + "-ends");
    }
    if (++ends == 1) {
      Answering.with(request, (HttpServletResponse) context.getResponse(), all.toByteArray());
      context.complete();
    }
  }

  @Override
  public void onError(Throwable failure) {
    failure.printStackTrace();
    context.complete();
  }
}
