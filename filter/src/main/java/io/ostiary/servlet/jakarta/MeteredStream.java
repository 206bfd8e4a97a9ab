package io.ostiary.servlet.jakarta;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The container's output stream, with the bytes shown to a meter after the container has taken them. Nothing is held back. Once
 * the client has gone the container is left alone: by then its stream may be another call's, or nobody's, and an app's own thread
 * that goes on writing would find that out in its way (Tomcat's throws {@code NullPointerException}).
 */
final class MeteredStream extends ServletOutputStream {

  private static final String STOPPED = "The answer was ended: a limit has no tokens left for it.";
  private static final String GONE = "The client has gone.";

  private final ServletOutputStream out;
  private final AnswerMeter meter;

  MeteredStream(ServletOutputStream out, AnswerMeter meter) {
    this.out = out;
    this.meter = meter;
  }

  @Override
  public void write(int value) throws IOException {
    needClient();
    if (meter.mayStop()) {
      writeAllowed(new byte[] {(byte) value}, 0, 1);
      return;
    }
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
    needClient();
    if (meter.mayStop()) {
      writeAllowed(bytes, offset, length);
      return;
    }
    try {
      out.write(bytes, offset, length);
    } catch (IOException gone) {
      throw noted(gone);
    }
    meter.bytes(bytes, offset, length);
  }

  /** What may leave leaves; where that ends, the closing event follows, and the app may write no more. */
  private void writeAllowed(byte[] bytes, int offset, int length) throws IOException {
    if (meter.isStopped()) {
      throw new IOException(STOPPED);
    }
    int allowed = meter.bytes(bytes, offset, length);
    if (!meter.isStopped()) {
      writeNoted(bytes, offset, length);
      return;
    }
    // In one write, since a listener's output may not be ready for a second.
    byte[] closing = meter.closingEvent();
    byte[] last = Arrays.copyOfRange(bytes, offset, offset + allowed + closing.length);
    System.arraycopy(closing, 0, last, allowed, closing.length);
    writeNoted(last, 0, last.length);
    close();
    if (allowed < length) {
      throw new IOException(STOPPED);
    }
  }

  private void writeNoted(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException gone) {
      throw noted(gone);
    }
  }

  /** Printed text is left to the container, since containers differ in the charset that they print with, but for ASCII. */
  @Override
  public void print(String text) throws IOException {
    needClient();
    if (meter.mayStop() && isAscii(text)) {
      byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
      writeAllowed(bytes, 0, bytes.length);
      return;
    }
    if (meter.isStopped()) {
      throw new IOException(STOPPED);
    }
    try {
      out.print(text);
    } catch (CharConversionException unprintable) {
      throw unprintable;
    } catch (IOException gone) {
      throw noted(gone);
    }
    meter.text(String.valueOf(text));
    if (meter.isStopped()) {
      byte[] closing = meter.closingEvent();
      writeNoted(closing, 0, closing.length);
      close();
    }
  }

  private static boolean isAscii(@Nullable String text) {
    for (int i = 0; text != null && i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return text != null;
  }

  @Override
  public void flush() throws IOException {
    if (meter.isStopped()) {
      return;
    }
    needClient();
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
  public void setWriteListener(@Nullable WriteListener listener) {
    out.setWriteListener(listener == null ? null : new MeteredListener(listener, meter));
  }

  private void needClient() throws IOException {
    if (meter.isClientGone()) {
      throw new IOException(GONE);
    }
  }

  private IOException noted(IOException gone) {
    meter.clientIsGone();
    return gone;
  }
}
