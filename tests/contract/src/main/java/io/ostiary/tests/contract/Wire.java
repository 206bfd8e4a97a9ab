package io.ostiary.tests.contract;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One HTTP/1.1 connection: it sends what it is told, true or not, and reads whole answers. Every wait is bounded. */
public final class Wire implements Closeable {

  private static final int PATIENCE_MILLIS = 20_000;

  private final Socket connected;
  private final Socket socket;
  private final InputStream in;
  private boolean chunkIsToBeEnded;

  /** Connects to a port of this machine. */
  public Wire(int port) throws IOException {
    this(connected(port), null);
  }

  private Wire(Socket connected, Socket over) throws IOException {
    this.connected = connected;
    this.socket = over == null ? connected : over;
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** Connects by TLS to a port of this machine, whose certificate is anybody's. */
  static Wire overTls(int port) throws IOException {
    Socket connected = connected(port);
    Socket over = Credulous.sockets().createSocket(connected, "localhost", port, true);
    return new Wire(connected, over);
  }

  private static Socket connected(int port) throws IOException {
    Socket socket = new Socket();
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    return socket;
  }

  public Wire send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  public Wire send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  /** Sends on until all is sent or the other side does not take any more. */
  void sendWhileTaken(byte[] bytes) {
    try {
      send(bytes);
    } catch (IOException notTaken) {
      // The answer tells why.
    }
  }

  /** The next answer, be it final or a {@code 100 Continue}. */
  public Answer answer() throws IOException {
    return answerTo("GET");
  }

  /** The next answer, to a request with this method. */
  public Answer answerTo(String method) throws IOException {
    Answer bodiless = head();
    int status = bodiless.status();
    List<String> head = bodiless.head();
    if (status < 200 || status == 204 || status == 304 || method.equals("HEAD")) {
      return bodiless;
    }
    if ("chunked".equalsIgnoreCase(bodiless.header("Transfer-Encoding"))) {
      return new Answer(status, head, chunks());
    }
    String length = bodiless.header("Content-Length");
    if (length == null) {
      return new Answer(status, head, in.readAllBytes());
    }
    byte[] body = in.readNBytes(Integer.parseInt(length));
    if (body.length < Integer.parseInt(length)) {
      throw new EOFException("a body of " + body.length + " bytes in place of " + length);
    }
    return new Answer(status, head, body);
  }

  /** The head of the next answer, with no body yet. */
  Answer head() throws IOException {
    List<String> head = new ArrayList<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      head.add(line);
    }
    return new Answer(Integer.parseInt(head.get(0).split(" ", 3)[1]), head, new byte[0]);
  }

  /** The next chunk of an answer whose head has been read; empty at its end. */
  byte[] chunk() throws IOException {
    if (chunkIsToBeEnded) {
      line();
    }
    byte[] chunk = in.readNBytes(chunkSize());
    // Some servers send a chunk's last line only with what comes next.
    chunkIsToBeEnded = chunk.length > 0;
    if (!chunkIsToBeEnded) {
      line();
    }
    return chunk;
  }

  /** Breaks the connection off, so that the server's next write fails. */
  public void breakOff() throws IOException {
    connected.setSoLinger(true, 0);
    connected.close();
  }

  /** Says that nothing more will be sent, and goes on listening. */
  public void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  /** Whether the server closes the connection, with nothing more said. */
  boolean isClosedByServer() {
    try {
      return in.read() < 0;
    } catch (SocketTimeoutException open) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }

  /** Whether something comes within a short while. */
  public boolean hears(int millis) throws IOException {
    socket.setSoTimeout(millis);
    in.mark(1);
    try {
      boolean heard = in.read() >= 0;
      in.reset();
      return heard;
    } catch (SocketTimeoutException silence) {
      return false;
    } finally {
      socket.setSoTimeout(PATIENCE_MILLIS);
    }
  }

  private byte[] chunks() throws IOException {
    var body = new ByteArrayOutputStream();
    for (byte[] chunk = chunk(); chunk.length > 0; chunk = chunk()) {
      body.writeBytes(chunk);
    }
    return body.toByteArray();
  }

  private int chunkSize() throws IOException {
    return Integer.parseInt(line().split(";", 2)[0].strip(), 16);
  }

  private String line() throws IOException {
    var line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("the connection ended after: " + line);
      }
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
