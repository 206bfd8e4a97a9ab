package io.ostiary.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/** One client: it sends the same chat again and again on one connection, and notes how long each answer took. */
final class Load {

  private static final byte[] REQUEST = request();
  private static final String LENGTH = "content-length:";

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private long[] nanos = new long[1 << 16];
  private int count;

  Load(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream(), 8192);
    out = socket.getOutputStream();
  }

  private static byte[] request() {
    String lines =
        """
        POST %s HTTP/1.1
        Host: bench
        Authorization: Bearer %s
        Content-Type: application/json
        Content-Length: %d

        """
            .formatted(Chat.PATH, Chat.SECRET, Chat.REQUEST.length)
            .replace("\n", "\r\n");
    byte[] head = lines.getBytes(StandardCharsets.US_ASCII);
    byte[] whole = Arrays.copyOf(head, head.length + Chat.REQUEST.length);
    System.arraycopy(Chat.REQUEST, 0, whole, head.length, Chat.REQUEST.length);
    return whole;
  }

  /**
   * Sends until a moment of {@link System#nanoTime}; what was noted before is forgotten.
   *
   * @param interval nanoseconds from one call to the next, 0 for as fast as the answers come; a call that is late is timed from
   *     when it should have been sent
   */
  void run(long until, long interval) throws IOException {
    count = 0;
    long due = System.nanoTime();
    while (due < until) {
      long wait = due - System.nanoTime();
      if (wait > 0) {
        LockSupport.parkNanos(wait);
        continue;
      }
      long from = interval == 0 ? System.nanoTime() : due;
      out.write(REQUEST);
      readAnswer();
      long now = System.nanoTime();
      note(now - from);
      due = interval == 0 ? now : due + interval;
    }
  }

  private void note(long took) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    nanos[count++] = took;
  }

  private void readAnswer() throws IOException {
    String status = line();
    if (!status.startsWith("HTTP/1.1 200")) {
      throw new IOException("refused: " + status);
    }
    int length = -1;
    for (String line = line(); !line.isEmpty(); line = line()) {
      if (line.regionMatches(true, 0, LENGTH, 0, LENGTH.length())) {
        length = Integer.parseInt(line, LENGTH.length() + 1, line.length(), 10);
      }
    }
    if (length != Chat.ANSWER.length) {
      throw new IOException("an answer of another length: " + length);
    }
    in.skipNBytes(length);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder(64);
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the server has hung up");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  /** How long the answers of the last run took, in nanoseconds, in no order. */
  long[] nanos() {
    return Arrays.copyOf(nanos, count);
  }

  void close() throws IOException {
    socket.close();
  }
}
