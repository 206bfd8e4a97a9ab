package io.ostiary.tests.fuzz;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A connection that is kept as long as the server keeps it. Used by one thread.
 *
 * <p>Jetty 12.1.12, guarded or not, now and then sends bytes of a request back in place of an answer, be it one of another
 * connection. So what does not look like an answer is asked for again, a few times; what hangs or is torn by itself does so then too.
 */
final class Connection implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 10_000;
  private static final int TRIALS = 4;

  private final int port;
  private Socket socket;
  private InputStream in;

  Connection(int port) {
    this.port = port;
  }

  /**
   * What a server says.
   *
   * @param status 0 if it has only closed the connection
   * @param fromApp whether the app wrote it
   */
  record Answer(int status, boolean fromApp, String text) {}

  /** Asks; a server that closes a connection between two requests is asked again on a new one. */
  Answer ask(Case asked) throws IOException {
    boolean fresh = socket == null;
    for (int trial = 1; ; trial++) {
      try {
        return exchange(asked);
      } catch (IOException | RuntimeException broken) {
        close();
        if (fresh && (broken instanceof EOFException || broken instanceof SocketException)) {
          return new Answer(0, false, "");
        }
        if (trial == TRIALS) {
          throw new IOException("no answer in " + TRIALS + " trials", broken);
        }
        fresh = true;
      }
    }
  }

  /** Asks on a new connection. */
  Answer askAnew(Case asked) throws IOException {
    close();
    return ask(asked);
  }

  private Answer exchange(Case asked) throws IOException {
    if (socket == null) {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(PATIENCE_MILLIS);
      in = new BufferedInputStream(socket.getInputStream(), 4096);
    }
    socket.getOutputStream().write(asked.wire());
    if (asked.isLast()) {
      socket.shutdownOutput();
    }
    Answer answer = answer();
    if (asked.isLast()) {
      close();
    }
    return answer;
  }

  private Answer answer() throws IOException {
    String statusLine = line();
    if (!statusLine.startsWith("HTTP/1.1 ")) {
      throw new IllegalStateException("no answer, but " + Printable.of(statusLine));
    }
    int status = Integer.parseInt(statusLine.split(" ", 3)[1]);
    int length = -1;
    boolean chunked = false;
    boolean ends = false;
    boolean fromApp = false;
    for (String line = line(); !line.isEmpty(); line = line()) {
      String header = line.toLowerCase(Locale.ROOT);
      length =
          header.startsWith("content-length:")
              ? Integer.parseInt(header.substring(15).trim())
              : length;
      chunked |= header.equals("transfer-encoding: chunked");
      ends |= header.equals("connection: close");
      fromApp |= header.equals("x-app: seen");
    }
    String text = chunked ? chunks() : body(length);
    if (ends || (length < 0 && !chunked)) {
      close();
    }
    return new Answer(status, fromApp, text);
  }

  private String body(int length) throws IOException {
    byte[] body = length < 0 ? in.readAllBytes() : in.readNBytes(length);
    return new String(body, StandardCharsets.ISO_8859_1);
  }

  private String chunks() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int size = size(); size > 0; size = size()) {
      text.append(body(size));
      line();
    }
    line();
    return text.toString();
  }

  private int size() throws IOException {
    return Integer.parseInt(line().trim(), 16);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException();
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    if (socket != null) {
      socket.close();
      socket = null;
    }
  }
}
