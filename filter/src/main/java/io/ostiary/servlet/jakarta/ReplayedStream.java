package io.ostiary.servlet.jakarta;

import io.ostiary.core.Body;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A body that has been read, as the container's input stream would give it. Since all of it is there, a {@link ReadListener}
 * is told of data once and of the end once, on container threads, and not before the app has returned from the call in which
 * it set the listener.
 *
 * <p>The app reads from one thread at a time. The end may be reached on a thread other than the one that told of data; whichever
 * of the two sees the end last tells of it.
 */
final class ReplayedStream extends ServletInputStream {

  private final Body body;
  private final @Nullable InputStream rest;
  private volatile boolean restIsOver;
  private final HttpServletRequest request;
  private final AtomicBoolean dataIsTold = new AtomicBoolean();
  private final AtomicBoolean endIsTold = new AtomicBoolean();
  private volatile long position;
  private volatile boolean tellsOfData;
  private volatile @Nullable ReadListener listener;
  private volatile boolean appHasReturned;

  /**
   * A stream from the first byte.
   *
   * @param request the container's own, for its threads
   */
  ReplayedStream(Body body, HttpServletRequest request) {
    this.body = body;
    this.rest = body.rest();
    this.request = request;
  }

  @Override
  public int read() throws IOException {
    byte[] single = new byte[1];
    return read(single, 0, 1) < 0 ? -1 : single[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      return 0;
    }
    long from = position;
    int read = body.read(from, into, offset, length);
    if (read < 0 && rest != null) {
      read = rest.read(into, offset, length);
      restIsOver = read < 0;
    }
    if (read > 0) {
      position = from + read;
    }
    if (read > 0 || restIsOver) {
      if (isFinished() && listener != null && !tellsOfData) {
        onContainerThread(this::tellOfEnd);
      }
    }
    return read;
  }

  @Override
  public int available() {
    return (int) Math.min(Math.max(0, body.length() - position), Integer.MAX_VALUE);
  }

  @Override
  public boolean isFinished() {
    return position >= body.length() && (rest == null || restIsOver);
  }

  /** As Tomcat has it: at the end there is nothing to get ready for, so that loops without a look at the end do end. */
  @Override
  public boolean isReady() {
    return listener == null || !isFinished();
  }

  @Override
  public void setReadListener(ReadListener given) {
    Objects.requireNonNull(given, "listener");
    if (listener != null) {
      throw new IllegalStateException("A read listener has been set before.");
    }
    if (!request.isAsyncStarted()) {
      throw new IllegalStateException("A read listener needs an asynchronous request.");
    }
    tellsOfData = true;
    listener = given;
    if (appHasReturned) {
      tellOfDataOnce();
    }
  }

  /** The app has returned from its first dispatch, and its listener may be called. */
  void appHasReturned() {
    appHasReturned = true;
    if (listener != null) {
      tellOfDataOnce();
    }
  }

  /** The listener may be set by a thread of the app's own, just as the app returns: then both have seen it, but never neither. */
  private void tellOfDataOnce() {
    if (dataIsTold.compareAndSet(false, true)) {
      onContainerThread(this::tellOfData);
    }
  }

  private void onContainerThread(Runnable task) {
    try {
      request.getAsyncContext().start(task);
    } catch (IllegalStateException over) {
      // The app has completed the call without waiting for its listener.
    }
  }

  private void tellOfData() {
    ReadListener told = Objects.requireNonNull(listener);
    try {
      if (!isFinished()) {
        told.onDataAvailable();
      }
    } catch (Throwable thrown) {
      endIsTold.set(true);
      told.onError(thrown);
      return;
    }
    tellsOfData = false;
    if (isFinished()) {
      tellOfEnd();
    }
  }

  private void tellOfEnd() {
    ReadListener told = Objects.requireNonNull(listener);
    if (endIsTold.compareAndSet(false, true)) {
      try {
        told.onAllDataRead();
      } catch (Throwable thrown) {
        told.onError(thrown);
      }
    }
  }
}
