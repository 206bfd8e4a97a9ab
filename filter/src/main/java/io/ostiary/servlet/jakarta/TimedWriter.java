package io.ostiary.servlet.jakarta;

import io.ostiary.core.LineTail;
import java.io.IOException;
import java.io.PrintWriter;

/** The container's writer, until the call's time is over; then what is written is dropped, and the writer has failed. */
final class TimedWriter extends PrintWriter {

  private final PrintWriter containers;
  private final Expiry expiry;
  private final LineTail tail;

  TimedWriter(PrintWriter containers, Expiry expiry, LineTail tail) {
    super(containers);
    this.containers = containers;
    this.expiry = expiry;
    this.tail = tail;
  }

  /** The last text there is. */
  void end(String text) {
    containers.write(text);
    containers.close();
  }

  private void perform(Runnable step) {
    try {
      if (!expiry.perform(step::run)) {
        setError();
      }
    } catch (IOException impossible) {
      setError();
    }
  }

  @Override
  public void write(int character) {
    write(String.valueOf((char) character), 0, 1);
  }

  @Override
  public void write(char[] characters, int offset, int length) {
    write(new String(characters, offset, length), 0, length);
  }

  @Override
  public void write(char[] characters) {
    write(characters, 0, characters.length);
  }

  @Override
  public void write(String text, int offset, int length) {
    perform(
        () -> {
          containers.write(text, offset, length);
          tail.saw(text, offset, length);
        });
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
    write(text + System.lineSeparator());
  }

  @Override
  public void println(Object value) {
    println(String.valueOf(value));
  }

  @Override
  public void flush() {
    perform(containers::flush);
  }

  @Override
  public void close() {
    perform(containers::close);
  }

  /** Flushes too, as writers do. */
  @Override
  public boolean checkError() {
    boolean[] failed = {true};
    perform(() -> failed[0] = containers.checkError());
    return failed[0];
  }
}
