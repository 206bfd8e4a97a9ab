package io.ostiary.servlet.jakarta;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The output stream of an app whose errors may be told anew. It is decided when the app first writes, or flushes: what is of an
 * error is held back until it is known how that is told, and all else passes from then on, as if this were not there.
 *
 * <p>Threads of an app use it one after the other; what is held is guarded by this, all the same.
 */
final class HeldStream extends ServletOutputStream implements Held {

  private static final byte[] NOTHING = {};

  private final ErrorVoice voice;
  private final Source containers;
  private byte[] held = NOTHING;
  private int length;
  private boolean closed;

  /** What it passes on to, or {@code null} while it is not decided. */
  private volatile @Nullable ServletOutputStream out;

  /** Opens what the app would have been given without the guard. */
  interface Source {
    ServletOutputStream open() throws IOException;
  }

  HeldStream(ErrorVoice voice, Source containers) {
    this.voice = voice;
    this.containers = containers;
  }

  @Override
  public synchronized byte[] text() {
    return Arrays.copyOf(held, length);
  }

  @Override
  public boolean isPassing() {
    return out != null;
  }

  @Override
  public synchronized void clear() {
    length = 0;
    closed = false;
    out = null;
  }

  @Override
  public void release() throws IOException {
    opened();
  }

  private synchronized ServletOutputStream opened() throws IOException {
    ServletOutputStream open = out;
    if (open == null) {
      open = containers.open();
      if (length > 0) {
        open.write(held, 0, length);
      }
      length = 0;
      held = NOTHING;
      if (closed) {
        open.close();
      }
      out = open;
    }
    return open;
  }

  /** What passes on, or {@code null} if the app is writing an error now. */
  private @Nullable ServletOutputStream passing() throws IOException {
    ServletOutputStream open = out;
    return open != null || voice.holds() ? open : opened();
  }

  @Override
  public void write(int value) throws IOException {
    ServletOutputStream open = passing();
    if (open == null) {
      holdOrPass(new byte[] {(byte) value}, 0, 1);
    } else {
      open.write(value);
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    ServletOutputStream open = passing();
    if (open == null) {
      holdOrPass(bytes, offset, count);
    } else {
      open.write(bytes, offset, count);
    }
  }

  private void holdOrPass(byte[] bytes, int offset, int count) throws IOException {
    int taken = hold(bytes, offset, count);
    if (taken < count && !closed && !voice.answersLong(this)) {
      opened().write(bytes, offset + taken, count - taken);
    }
  }

  /** Answers how much of it there was room for. */
  private synchronized int hold(byte[] bytes, int offset, int count) {
    int taken = closed ? 0 : Math.min(count, MOST - length);
    if (length + taken > held.length) {
      int size = Math.max(512, Math.max(2 * held.length, length + taken));
      held = Arrays.copyOf(held, Math.min(MOST, size));
    }
    System.arraycopy(bytes, offset, held, length, taken);
    length += taken;
    return taken;
  }

  /** Printed text is left to the container, since containers differ in the charset that they print with. */
  @Override
  public void print(String text) throws IOException {
    ServletOutputStream open = passing();
    if (open == null) {
      super.print(text);
    } else {
      open.print(text);
    }
  }

  /** What is held is going to leave when it is complete, if at all. */
  @Override
  public void flush() throws IOException {
    ServletOutputStream open = passing();
    if (open != null) {
      open.flush();
    }
  }

  @Override
  public void close() throws IOException {
    ServletOutputStream open = passing();
    if (open != null) {
      open.close();
    } else {
      closed = true;
    }
  }

  @Override
  public boolean isReady() {
    ServletOutputStream open = out;
    return open == null || open.isReady();
  }

  /** A listener is the container's to call, so that nothing is held back from it. */
  @Override
  public void setWriteListener(WriteListener listener) {
    try {
      opened().setWriteListener(listener);
    } catch (IOException gone) {
      listener.onError(gone);
    }
  }
}
