package io.ostiary.tests.app;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;

/** Ten megabytes, written as fast as the client reads them, without a thread that waits. */
final class Pouring implements WriteListener {

  private static final int PIECE = 8192;
  private static final int PIECES = 1280;

  private final AsyncContext context;
  private final ServletOutputStream out;
  private final String test;
  private int next;

  private Pouring(AsyncContext context, String test) throws IOException {
    this.context = context;
    this.out = context.getResponse().getOutputStream();
    this.test = test;
  }

  static void pour(HttpServletRequest request) throws IOException {
    AsyncContext context = request.startAsync();
    context.setTimeout(60_000);
    String type = new Query(request).get("type", "application/octet-stream");
    context.getResponse().setContentType(type);
    Pouring pouring = new Pouring(context, request.getHeader("X-Test"));
    pouring.out.setWriteListener(pouring);
  }

  @Override
  public void onWritePossible() throws IOException {
    while (out.isReady()) {
      if (next == PIECES) {
        context.complete();
        return;
      }
      byte[] piece = new byte[PIECE];
      for (int i = 0; i < PIECE; i++) {
        piece[i] = (byte) (31 * next + i % 251);
      }
      next++;
      out.write(piece);
    }
    Hits.count(test + "-full");
  }

  @Override
  public void onError(Throwable failure) {
    Hits.count(test + "-failed");
    context.complete();
  }
}
