package io.ostiary.servlet.jakarta;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * The container's writer, with the characters shown to a meter. It overrides what would otherwise go round {@code write}, or
 * hold a lock while the container waits for the client.
 */
final class MeteredWriter extends PrintWriter {

  private final PrintWriter containers;
  private final AnswerMeter meter;
  private boolean closed;

  MeteredWriter(PrintWriter containers, AnswerMeter meter) {
    super(containers);
    this.containers = containers;
    this.meter = meter;
  }

  @Override
  public void write(int character) {
    if (isClientGone()) {
      return;
    }
    if (meter.mayStop()) {
      write(String.valueOf((char) character), 0, 1);
      return;
    }
    containers.write(character);
    if (character < 0x80) {
      meter.oneByte(character);
    } else {
      meter.text(String.valueOf((char) character));
    }
  }

  @Override
  public void write(char[] characters, int offset, int length) {
    if (isClientGone()) {
      return;
    }
    if (meter.mayStop()) {
      write(new String(characters, offset, length), 0, length);
      return;
    }
    containers.write(characters, offset, length);
    meter.text(new String(characters, offset, length));
  }

  @Override
  public void write(char[] characters) {
    write(characters, 0, characters.length);
  }

  @Override
  public void write(String text, int offset, int length) {
    if (isClientGone()) {
      return;
    }
    if (meter.mayStop()) {
      writeAllowed(text.substring(offset, offset + length));
      return;
    }
    containers.write(text, offset, length);
    meter.text(text.substring(offset, offset + length));
  }

  /** Whether the container is to be left alone, whose writer may be another call's by now. */
  private boolean isClientGone() {
    boolean gone = meter.isClientGone();
    if (gone) {
      setError();
    }
    return gone;
  }

  /** What may leave leaves; where that ends, the closing event follows, and whatever the app still writes is dropped. */
  private void writeAllowed(String text) {
    if (meter.isStopped()) {
      setError();
      return;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int allowed = meter.bytes(bytes, 0, bytes.length);
    if (!meter.isStopped()) {
      containers.write(text);
      return;
    }
    containers.write(text, 0, charactersOf(text, allowed));
    containers.write(new String(meter.closingEvent(), StandardCharsets.UTF_8));
    close();
    setError();
  }

  /** How many characters of a text are so many bytes of UTF-8; half of a character's pair is one byte, as the meter has it. */
  private static int charactersOf(String text, int bytes) {
    int at = 0;
    for (int left = bytes; left > 0; ) {
      int character = text.codePointAt(at);
      at += Character.charCount(character);
      if (character < 0x80 || Character.getType(character) == Character.SURROGATE) {
        left -= 1;
      } else {
        left -= character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
      }
    }
    return at;
  }

  @Override
  public void write(String text) {
    write(text, 0, text.length());
  }

  @Override
  public void println() {
    write(System.lineSeparator());
  }

  @Override
  public void println(String text) {
    write(String.valueOf(text));
    println();
  }

  @Override
  public void println(Object value) {
    println(String.valueOf(value));
  }

  /** Flushes, and looks whether that has failed, since apps that write to the end whoever may listen never ask. */
  @Override
  public void flush() {
    if (isClientGone()) {
      return;
    }
    if (closed) {
      containers.flush();
    } else {
      isRefusedByContainer();
    }
  }

  private boolean isRefusedByContainer() {
    boolean failed = containers.checkError();
    if (failed && !closed) {
      // A writer that the app has closed tells of trouble too.
      meter.clientIsGone();
    }
    return failed;
  }

  @Override
  public void close() {
    closed = true;
    containers.close();
  }

  @Override
  public boolean checkError() {
    return meter.isStopped() || isClientGone() || isRefusedByContainer();
  }
}
