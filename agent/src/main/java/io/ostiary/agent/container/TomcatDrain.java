package io.ostiary.agent.container;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.coyote.ActionCode;
import org.apache.coyote.Request;
import org.apache.tomcat.util.net.ApplicationBufferHandler;

/**
 * Reads and drops what a client is still sending after its call was refused, so that it finds the answer and not a reset
 * connection; within bounds, so that it cannot hold a worker: left alone, Tomcat would wait a minute for a client that stalls.
 */
final class TomcatDrain {

  private static final int MOST_AT_ONCE = 16;
  private static final long MOST_BYTES = 8L << 20;
  private static final long LONGEST = TimeUnit.SECONDS.toNanos(2);
  private static final long LONGEST_SILENCE = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(1);

  private final Semaphore places = new Semaphore(MOST_AT_ONCE);

  /** Drains a request whose answer has been flushed; what is left then is never read. */
  void drain(Request request) throws IOException {
    // A client that awaits a 100 has its answer instead, and sends nothing.
    if (!request.isFinished() && !request.hasExpectation() && places.tryAcquire()) {
      try {
        read(request);
      } catch (IOException gone) {
        // There is nobody left to drain for.
      } finally {
        places.release();
      }
    }
    if (!request.isFinished()) {
      request.action(ActionCode.DISABLE_SWALLOW_INPUT, null);
    }
  }

  private static void read(Request request) throws IOException {
    Sink sink = new Sink();
    long start = System.nanoTime();
    long heard = start;
    long bytes = 0;
    while (!request.isFinished() && bytes < MOST_BYTES) {
      long now = System.nanoTime();
      if (isReadable(request)) {
        int read = request.doRead(sink);
        if (read < 0) {
          return;
        }
        bytes += read;
        heard = now;
      } else if (now - heard > LONGEST_SILENCE) {
        return;
      } else {
        LockSupport.parkNanos(PAUSE);
      }
      if (now - start > LONGEST) {
        return;
      }
    }
  }

  private static boolean isReadable(Request request) {
    request.action(ActionCode.AVAILABLE, true);
    return request.getAvailable() > 0;
  }

  /** Takes Tomcat's own buffer, and lets it be. */
  private static final class Sink implements ApplicationBufferHandler {

    private ByteBuffer buffer = ByteBuffer.allocate(0);

    @Override
    public void setByteBuffer(ByteBuffer buffer) {
      this.buffer = buffer;
    }

    @Override
    public ByteBuffer getByteBuffer() {
      return buffer;
    }

    @Override
    public void expand(int size) {}
  }
}
