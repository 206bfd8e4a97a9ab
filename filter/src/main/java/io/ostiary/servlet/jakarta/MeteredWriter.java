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

  MeteredWriter(PrintWriter containers, AnswerMeter meter) {
    super(containers);
    this.containers = containers;
    this.meter = meter;
  }

  @Override
  public void write(int character) {
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
    if (meter.mayStop()) {
      writeAllowed(text.substring(offset, offset + length));
      return;
    }
    containers.write(text, offset, length);
    meter.text(text.substring(offset, offset + length));
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
    containers.write(new String(bytes, 0, allowed, StandardCharsets.UTF_8));
    containers.write(new String(meter.closingEvent(), StandardCharsets.UTF_8));
    containers.close();
    setError();
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

  @Override
  public void flush() {
    containers.flush();
  }

  @Override
  public void close() {
    containers.close();
  }

  @Override
  public boolean checkError() {
    if (meter.isStopped()) {
      return true;
    }
    boolean failed = containers.checkError();
    if (failed) {
      meter.clientIsGone();
    }
    return failed;
  }
}
