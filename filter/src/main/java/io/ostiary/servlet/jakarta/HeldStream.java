package io.ostiary.servlet.jakarta;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.Charset;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The output of an app that is writing an error: held back until it is known whether the error is told anew, and from then on
 * passed on. Of a long one it is decided by its beginning, as a container sends what no longer fits its buffer: the app can take
 * nothing back from then on.
 *
 * <p>Another thread may write once the call is asynchronous, which ends the holding; so what is held is guarded by this.
 */
final class HeldStream extends ServletOutputStream {

  private static final int MOST = 16 * 1024;

  private final ErrorVoice voice;
  private final Source containers;
  private byte[] held = new byte[512];
  private int length;
  private boolean closed;
  private volatile @Nullable ServletOutputStream out;

  /** Opens what the app would have been given without the guard. */
  interface Source {
    ServletOutputStream open() throws IOException;
  }

  HeldStream(ErrorVoice voice, Source containers) {
    this.voice = voice;
    this.containers = containers;
  }

  /** A writer on this, which keeps nothing to itself. */
  PrintWriter writer(Charset charset) {
    return new PrintWriter(new Encoder(this, charset));
  }

  byte[] held() {
    return held;
  }

  int length() {
    return length;
  }

  boolean isPassing() {
    return out != null;
  }

  /** Forgets what is held: the app begins anew. */
  synchronized void clear() {
    length = 0;
  }

  /** Passes on what is held, and all that comes. */
  synchronized ServletOutputStream release() throws IOException {
    ServletOutputStream open = out;
    if (open == null) {
      open = containers.open();
      open.write(held, 0, length);
      clear();
      if (closed) {
        open.close();
      }
      out = open;
    }
    return open;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    ServletOutputStream open = out;
    if (open == null && !voice.holds()) {
      open = release();
    }
    int taken = open == null ? hold(bytes, offset, count) : 0;
    if (open == null && taken < count && !closed && !voice.answersLong(this)) {
      open = release();
    }
    if (open != null) {
      open.write(bytes, offset + taken, count - taken);
    }
  }

  /** Answers how much of it there was room for. */
  private synchronized int hold(byte[] bytes, int offset, int count) {
    int taken = closed ? 0 : Math.min(count, MOST - length);
    if (length + taken > held.length) {
      held = Arrays.copyOf(held, Math.min(MOST, Math.max(2 * held.length, length + taken)));
    }
    System.arraycopy(bytes, offset, held, length, taken);
    length += taken;
    return taken;
  }

  /** What is held is going to leave when it is complete, if at all. */
  @Override
  public void flush() throws IOException {
    ServletOutputStream open = out;
    if (open != null) {
      open.flush();
    }
  }

  @Override
  public void close() throws IOException {
    ServletOutputStream open = out;
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

  @Override
  public void setWriteListener(WriteListener listener) {
    try {
      release().setWriteListener(listener);
    } catch (IOException gone) {
      listener.onError(gone);
    }
  }

  /** Encodes characters without keeping any back but half a pair. */
  private static final class Encoder extends Writer {

    private final HeldStream stream;
    private final OutputStreamWriter encoder;

    Encoder(HeldStream stream, Charset charset) {
      this.stream = stream;
      this.encoder = new OutputStreamWriter(new Bytes(stream), charset);
    }

    @Override
    public void write(char[] characters, int offset, int length) throws IOException {
      encoder.write(characters, offset, length);
      encoder.flush();
    }

    @Override
    public void flush() throws IOException {
      stream.flush();
    }

    @Override
    public void close() throws IOException {
      encoder.flush();
      stream.close();
    }
  }

  /** The stream's bytes without its flushes. */
  private static final class Bytes extends OutputStream {

    private final HeldStream stream;

    Bytes(HeldStream stream) {
      this.stream = stream;
    }

    @Override
    public void write(int value) throws IOException {
      stream.write(value);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      stream.write(bytes, offset, length);
    }
  }
}
