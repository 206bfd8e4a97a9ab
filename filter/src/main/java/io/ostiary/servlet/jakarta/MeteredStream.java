package io.ostiary.servlet.jakarta;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.CharConversionException;
import java.io.IOException;

/** The container's output stream, with the bytes shown to a meter after the container has taken them. Nothing is held back. */
final class MeteredStream extends ServletOutputStream {

  private final ServletOutputStream out;
  private final AnswerMeter meter;

  MeteredStream(ServletOutputStream out, AnswerMeter meter) {
    this.out = out;
    this.meter = meter;
  }

  @Override
  public void write(int value) throws IOException {
    try {
      out.write(value);
    } catch (IOException gone) {
      throw noted(gone);
    }
    meter.oneByte(value);
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    write(bytes, 0, bytes.length);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException gone) {
      throw noted(gone);
    }
    meter.bytes(bytes, offset, length);
  }

  /** Printed text is left to the container, since containers differ in the charset that they print with. */
  @Override
  public void print(String text) throws IOException {
    try {
      out.print(text);
    } catch (CharConversionException unprintable) {
      throw unprintable;
    } catch (IOException gone) {
      throw noted(gone);
    }
    meter.text(String.valueOf(text));
  }

  @Override
  public void flush() throws IOException {
    try {
      out.flush();
    } catch (IOException gone) {
      throw noted(gone);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      out.close();
    } catch (IOException gone) {
      throw noted(gone);
    }
  }

  @Override
  public boolean isReady() {
    return out.isReady();
  }

  @Override
  public void setWriteListener(WriteListener listener) {
    out.setWriteListener(listener);
  }

  private IOException noted(IOException gone) {
    meter.clientIsGone();
    return gone;
  }
}
