package io.ostiary.agent.container;

import io.ostiary.core.BodySource;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;

/**
 * The body of a Jetty 12 request as the guard reads it, on a thread that may wait; what it leaves is read on in Jetty's own way.
 * Nothing is asked for before the guard asks, so that a body that nobody needs stays where it is.
 */
final class JettyCoreBody extends InputStream implements BodySource {

  private final Request request;
  private final boolean isNone;
  private final Semaphore arrivals = new Semaphore(0);
  private Content.@Nullable Chunk chunk;
  private boolean waits;
  private boolean over;

  /**
   * The body of a request.
   *
   * @param isNone whether the connection is about to stop speaking HTTP, so that what comes is no body
   */
  JettyCoreBody(Request request, boolean isNone) {
    this.request = request;
    this.isNone = isNone;
  }

  @Override
  public InputStream open() {
    return isNone ? InputStream.nullInputStream() : this;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length);
    while (length > 0) {
      Content.Chunk next = next();
      if (next == null) {
        return -1;
      }
      int taken = Math.min(length, next.remaining());
      if (taken > 0) {
        next.getByteBuffer().get(into, offset, taken);
      }
      letGoIfEmpty(next);
      if (taken > 0) {
        return taken;
      }
    }
    return 0;
  }

  /** What is there, or {@code null} at the end; waits for it. */
  private Content.@Nullable Chunk next() throws IOException {
    while (chunk == null && !over) {
      chunk = request.read();
      if (chunk == null) {
        await();
      } else if (Content.Chunk.isFailure(chunk)) {
        Throwable cause = chunk.getFailure();
        chunk = null;
        over = true;
        throw new IOException("the body broke off", cause);
      }
    }
    return chunk;
  }

  private void await() throws InterruptedIOException {
    waits = true;
    // By whatever thread finds that there is something: it must not have to wait for one of those
    // that wait here.
    request.demand(Invocable.from(Invocable.InvocationType.NON_BLOCKING, arrivals::release));
    try {
      arrivals.acquire();
    } catch (InterruptedException hurried) {
      over = true;
      throw new InterruptedIOException("the body was not waited for any longer");
    }
    waits = false;
  }

  private void letGoIfEmpty(Content.Chunk read) {
    if (!read.hasRemaining()) {
      over = read.isLast();
      chunk = null;
      read.release();
    }
  }

  /** Whether nobody can read on, since Jetty still has to tell of what comes next. */
  boolean isWaitedFor() {
    return waits;
  }

  /** What the guard has left, as Jetty would give it; {@code null} when nothing has come yet. */
  Content.@Nullable Chunk rest() {
    Content.Chunk left = chunk;
    if (left == null) {
      return over ? Content.Chunk.EOF : request.read();
    }
    ByteBuffer bytes = ByteBuffer.allocate(left.remaining());
    bytes.put(left.getByteBuffer()).flip();
    boolean last = left.isLast();
    letGo();
    over = last;
    return Content.Chunk.from(bytes, last);
  }

  /** Whether {@link #rest} has something to tell at once. */
  boolean hasRest() {
    return chunk != null || over;
  }

  /** Nobody is going to read on. */
  void letGo() {
    Content.Chunk left = chunk;
    if (left != null) {
      chunk = null;
      left.release();
    }
  }
}
