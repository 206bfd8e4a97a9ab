package io.ostiary.tests.app;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;

/** Writes whenever the container says that it may, without holding a thread. */
final class PlayListener implements WriteListener {

  private final Play play;
  private final AsyncContext context;
  private final ServletOutputStream out;
  private int next;
  private boolean unflushed;
  private boolean over;

  private PlayListener(Play play, AsyncContext context) throws IOException {
    this.play = play;
    this.context = context;
    this.out = context.getResponse().getOutputStream();
  }

  static void play(Play play, HttpServletRequest request) throws IOException {
    AsyncContext context = request.startAsync();
    context.setTimeout(30_000);
    PlayListener listener = new PlayListener(play, context);
    listener.out.setWriteListener(listener);
  }

  @Override
  public void onWritePossible() throws IOException {
    while (!over && out.isReady()) {
      if (unflushed) {
        unflushed = false;
        out.flush();
      } else if (next == play.size()) {
        end();
      } else {
        write();
      }
    }
  }

  private void write() throws IOException {
    try {
      out.write(play.piece(next));
    } catch (IOException notTaken) {
      play.stopped();
      end();
      return;
    }
    next++;
    unflushed = true;
    play.taken();
  }

  private void end() throws IOException {
    over = true;
    play.over();
    if (play.header("X-Then", "return").equals("throw")) {
      throw new IOException("as it was asked to");
    }
    context.complete();
  }

  @Override
  public void onError(Throwable failure) {
    if (!over) {
      over = true;
      play.stopped();
      play.over();
    }
    if (play.header("X-Then", "return").equals("fail-when-gone")) {
      throw new IllegalStateException("as it was asked to");
    }
    context.complete();
  }
}
