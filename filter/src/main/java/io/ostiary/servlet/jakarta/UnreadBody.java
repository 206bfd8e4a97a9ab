package io.ostiary.servlet.jakarta;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;

/**
 * The rest of a refused request's body. A connection that is closed on unread bytes is reset, and the reset may overtake the
 * answer; to read all of it would let a client hold a thread for as long as it likes.
 *
 * <p>Known weakness: when a refusal other than for its size leaves a body unread, Tomcat itself goes on waiting for that body
 * before it lets go of its thread, up to the connector's own time-out, and no servlet can tell it not to. The agent can.
 */
final class UnreadBody {

  /** Bytes read before the answer, of those that have already come. */
  private static final int AT_ONCE = 64 * 1024;

  /** Bytes read after the answer, while the client may still be sending. */
  private static final long LINGER_BYTES = 8L << 20;

  private static final long LINGER_NANOS = 2_000_000_000L;

  /** A client that stops sending holds its thread for the container's read time-out, so few may. */
  private static final Semaphore LINGERERS = new Semaphore(8);

  private UnreadBody() {}

  /** Takes in what has already come, without waiting; answers whether that was all, so that the connection can be kept. */
  static boolean isTakenInAtOnce(HttpServletRequest request) {
    if (!RequestHead.announcesBody(request)) {
      return true;
    }
    long declared = request.getContentLengthLong();
    // Jetty takes the mere call of getInputStream for the app's wish to have the body sent.
    if (declared > AT_ONCE || RequestHead.awaitsContinue(request)) {
      return false;
    }
    try {
      ServletInputStream in = request.getInputStream();
      int taken = takeAvailable(in);
      return taken == declared || in.isFinished();
    } catch (IOException | RuntimeException unreadable) {
      return false;
    }
  }

  private static int takeAvailable(ServletInputStream in) throws IOException {
    byte[] sink = new byte[4096];
    int taken = 0;
    for (int there = in.available(); there > 0 && taken < AT_ONCE; there = in.available()) {
      int read = in.read(sink, 0, Math.min(there, sink.length));
      if (read < 0) {
        break;
      }
      taken += read;
    }
    return taken;
  }

  /**
   * Reads on for a moment after the answer has been flushed, so that a client that sends before it listens gets to see it. Only
   * for those whose key the guard has seen, or that share the connection with others.
   */
  static void linger(HttpServletRequest request) {
    if (RequestHead.awaitsContinue(request) || !LINGERERS.tryAcquire()) {
      return;
    }
    try {
      long end = System.nanoTime() + LINGER_NANOS;
      byte[] sink = new byte[8192];
      InputStream in = request.getInputStream();
      for (long left = LINGER_BYTES; left > 0 && System.nanoTime() - end < 0; ) {
        int read = in.read(sink);
        if (read < 0) {
          return;
        }
        left -= read;
      }
    } catch (IOException | RuntimeException gone) {
      // The answer has been sent; the rest does not matter.
    } finally {
      LINGERERS.release();
    }
  }
}
