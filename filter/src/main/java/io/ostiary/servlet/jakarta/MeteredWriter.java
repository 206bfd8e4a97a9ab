package io.ostiary.servlet.jakarta;

import java.io.PrintWriter;

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
    containers.write(character);
    if (character < 0x80) {
      meter.oneByte(character);
    } else {
      meter.text(String.valueOf((char) character));
    }
  }

  @Override
  public void write(char[] characters, int offset, int length) {
    containers.write(characters, offset, length);
    meter.text(new String(characters, offset, length));
  }

  @Override
  public void write(char[] characters) {
    write(characters, 0, characters.length);
  }

  @Override
  public void write(String text, int offset, int length) {
    containers.write(text, offset, length);
    meter.text(text.substring(offset, offset + length));
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
    boolean failed = containers.checkError();
    if (failed) {
      meter.clientIsGone();
    }
    return failed;
  }
}
