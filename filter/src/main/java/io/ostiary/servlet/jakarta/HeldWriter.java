package io.ostiary.servlet.jakarta;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The writer of an app whose errors may be told anew, as {@link HeldStream} is the stream of one. It overrides what would
 * otherwise go round {@code write}, or hold a lock while the container waits for the client.
 */
final class HeldWriter extends PrintWriter implements Held {

  private final ErrorVoice voice;
  private final PrintWriter containers;
  private final StringBuilder held = new StringBuilder(0);
  private boolean closed;
  private volatile boolean passing;

  /** A writer before the one that the app would have been given without the guard. */
  HeldWriter(ErrorVoice voice, PrintWriter containers) {
    super(containers);
    this.voice = voice;
    this.containers = containers;
  }

  @Override
  public byte[] text() {
    synchronized (held) {
      return held.toString().getBytes(StandardCharsets.UTF_8);
    }
  }

  @Override
  public boolean isPassing() {
    return passing;
  }

  @Override
  public void clear() {
    synchronized (held) {
      held.setLength(0);
      closed = false;
      passing = false;
    }
  }

  @Override
  public void release() {
    synchronized (held) {
      if (!passing) {
        if (!held.isEmpty()) {
          containers.write(held.toString());
        }
        held.setLength(0);
        if (closed) {
          containers.close();
        }
        passing = true;
      }
    }
  }

  private boolean passes() {
    if (!passing && !voice.holds()) {
      release();
    }
    return passing;
  }

  @Override
  public void write(int character) {
    if (passes()) {
      containers.write(character);
    } else {
      holdOrPass(String.valueOf((char) character), 0, 1);
    }
  }

  @Override
  public void write(char[] characters, int offset, int length) {
    if (passes()) {
      containers.write(characters, offset, length);
    } else {
      holdOrPass(new String(characters, offset, length), 0, length);
    }
  }

  @Override
  public void write(char[] characters) {
    write(characters, 0, characters.length);
  }

  @Override
  public void write(String text, int offset, int length) {
    if (passes()) {
      containers.write(text, offset, length);
    } else {
      holdOrPass(text, offset, length);
    }
  }

  @Override
  public void write(String text) {
    write(text, 0, text.length());
  }

  private void holdOrPass(String text, int offset, int length) {
    int taken = hold(text, offset, length);
    if (taken < length && !closed && !voice.answersLongText(this)) {
      release();
      containers.write(text, offset + taken, length - taken);
    }
  }

  /** Answers how much of it there was room for. */
  private int hold(String text, int offset, int length) {
    synchronized (held) {
      int taken = closed ? 0 : Math.min(length, MOST - held.length());
      held.append(text, offset, offset + taken);
      return taken;
    }
  }

  @Override
  public void println() {
    write(System.lineSeparator());
  }

  @Override
  public void println(@Nullable String text) {
    write(String.valueOf(text));
    println();
  }

  @Override
  public void println(@Nullable Object value) {
    println(String.valueOf(value));
  }

  /** Containers differ in the locale that they format for. */
  @Override
  public PrintWriter format(String text, @Nullable Object... values) {
    if (passes()) {
      containers.format(text, values);
      return this;
    }
    return super.format(text, values);
  }

  @Override
  public PrintWriter format(@Nullable Locale locale, String text, @Nullable Object... values) {
    if (passes()) {
      containers.format(locale, text, values);
      return this;
    }
    return super.format(locale, text, values);
  }

  /** What is held is going to leave when it is complete, if at all. */
  @Override
  public void flush() {
    if (passes()) {
      containers.flush();
    }
  }

  @Override
  public void close() {
    if (passes()) {
      containers.close();
    } else {
      closed = true;
    }
  }

  @Override
  public boolean checkError() {
    return passes() && containers.checkError();
  }
}
