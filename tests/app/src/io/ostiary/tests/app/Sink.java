package io.ostiary.tests.app;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Where an app writes its answer to, in each of the ways that servlets have. */
interface Sink {

  void write(byte[] piece) throws IOException;

  void flush() throws IOException;

  static Sink of(HttpServletResponse response, String way) throws IOException {
    return switch (way) {
      case "stream" -> new Bytes(response.getOutputStream());
      case "bytewise" -> new SingleBytes(response.getOutputStream());
      case "print" -> new Prints(response.getOutputStream());
      case "println" -> new Lines(response.getOutputStream());
      case "format" -> new Formatted(response.getWriter());
      case "writer" -> new Characters(response.getWriter(), true);
      case "blind-writer" -> new Characters(response.getWriter(), false);
      default -> throw new IOException("no such way: " + way);
    };
  }

  /** The usual one. */
  record Bytes(ServletOutputStream out) implements Sink {

    @Override
    public void write(byte[] piece) throws IOException {
      out.write(piece);
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }
  }

  /** One byte at a time, flushed with all others of a piece. */
  record SingleBytes(ServletOutputStream out) implements Sink {

    @Override
    public void write(byte[] piece) throws IOException {
      for (byte each : piece) {
        out.write(each);
      }
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }
  }

  /** Texts that a stream prints: ASCII, since containers differ in what becomes of others. */
  record Prints(ServletOutputStream out) implements Sink {

    @Override
    public void write(byte[] piece) throws IOException {
      out.print(new String(piece, StandardCharsets.US_ASCII));
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }
  }

  /** Lines that a stream prints, which end with CR and LF. */
  record Lines(ServletOutputStream out) implements Sink {

    @Override
    public void write(byte[] piece) throws IOException {
      for (String line : new String(piece, StandardCharsets.US_ASCII).split("\n", -1)) {
        if (!line.isEmpty()) {
          out.println(line);
        }
      }
      out.println();
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }
  }

  /** What a writer makes of formats, single characters and sequences of them. */
  record Formatted(PrintWriter writer) implements Sink {

    @Override
    public void write(byte[] piece) {
      String text = new String(piece, StandardCharsets.UTF_8);
      int half = text.length() / 2;
      writer.format("%s", text.substring(0, half)).append(text.charAt(half));
      writer.append(text, half + 1, text.length());
    }

    @Override
    public void flush() throws IOException {
      writer.flush();
      if (writer.checkError()) {
        throw new IOException("as the writer tells");
      }
    }
  }

  /**
   * A writer, which throws nothing.
   *
   * @param looks whether the app asks it if something is wrong
   */
  record Characters(PrintWriter writer, boolean looks) implements Sink {

    @Override
    public void write(byte[] piece) {
      writer.write(new String(piece, StandardCharsets.UTF_8));
    }

    @Override
    public void flush() throws IOException {
      writer.flush();
      if (looks && writer.checkError()) {
        throw new IOException("as the writer tells");
      }
    }
  }
}
