package io.ostiary.tests.field;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.HashMap;
import java.util.Map;

/**
 * One HTTP/2 connection without TLS, frame by frame, as RFC 9113 has them: what a library would hide, such as in which order an answer
 * and a reset come, is seen. It is used by one thread, which reads whenever it waits; every wait is bounded.
 */
final class Http2Wire implements Closeable {

  private static final int PATIENCE_MILLIS = 20_000;
  private static final int FRAME = 16_384;
  private static final int AUTHORITY = 1;
  private static final int METHOD = 2;
  private static final int PATH = 4;
  private static final int SCHEME = 6;
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int GOAWAY = 7;
  private static final int WINDOW_UPDATE = 8;
  private static final int END_STREAM = 1;
  private static final int ACK = 1;
  private static final int END_HEADERS = 4;

  private final Socket socket;
  private final DataInputStream in;
  private final Map<Integer, Stream> streams = new HashMap<>();
  private long window = 65_535;
  private int streamWindow = 65_535;
  private boolean gone;

  /** Connects to a port of this machine, which is known to speak HTTP/2. */
  Http2Wire(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    in = new DataInputStream(socket.getInputStream());
    socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII));
    // No table of header fields, so that each head can be read by itself.
    send(SETTINGS, 0, 0, new byte[] {0, 1, 0, 0, 0, 0});
  }

  /** What has come on one stream. */
  static final class Stream {

    private final StringBuilder body = new StringBuilder();
    private long window;
    private int status;
    private boolean ended;
    private boolean reset;

    private Stream(long window) {
      this.window = window;
    }

    /** The status of an answer that is whole; 0 if the stream ended otherwise. */
    int status() {
      return ended ? status : 0;
    }

    String body() {
      return body.toString();
    }

    private boolean isOver() {
      return ended || reset;
    }
  }

  /** Sends the head of a request. */
  Stream ask(int id, String method, String path, boolean bodiless, String... headers)
      throws IOException {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    field(block, AUTHORITY, "localhost");
    field(block, METHOD, method);
    field(block, PATH, path);
    field(block, SCHEME, "http");
    for (int i = 0; i < headers.length; i += 2) {
      block.write(0);
      text(block, headers[i]);
      text(block, headers[i + 1]);
    }
    Stream stream = new Stream(streamWindow);
    streams.put(id, stream);
    send(HEADERS, END_HEADERS | (bodiless ? END_STREAM : 0), id, block.toByteArray());
    return stream;
  }

  /** One whose name has a number. */
  private static void field(ByteArrayOutputStream block, int name, String value) {
    block.write(name);
    text(block, value);
  }

  /** Up to 253 bytes of it. */
  private static void text(ByteArrayOutputStream block, String text) {
    if (text.length() < 127) {
      block.write(text.length());
    } else {
      block.write(127);
      block.write(text.length() - 127);
    }
    block.writeBytes(text.getBytes(US_ASCII));
  }

  /** Sends a body as fast as the server takes it, until all is sent or the stream is over. */
  void upload(int id, int length) throws IOException {
    Stream stream = streams.get(id);
    int left = length;
    while (left > 0 && !stream.isOver() && !gone) {
      while (in.available() > 0) {
        read();
      }
      int size = (int) Math.min(Math.min(FRAME, left), Math.min(window, stream.window));
      if (size > 0) {
        left -= size;
        window -= size;
        stream.window -= size;
        send(DATA, left == 0 ? END_STREAM : 0, id, new byte[size]);
      } else {
        read();
      }
    }
  }

  /** Reads until a stream is over, or the connection is. */
  void await(Stream stream) throws IOException {
    while (!stream.isOver() && !gone) {
      read();
    }
  }

  private void read() throws IOException {
    int length = (in.readUnsignedByte() << 16) | in.readUnsignedShort();
    int type = in.readUnsignedByte();
    int flags = in.readUnsignedByte();
    int id = in.readInt() & 0x7fff_ffff;
    byte[] payload = in.readNBytes(length);
    Stream stream = streams.getOrDefault(id, new Stream(0));
    switch (type) {
      case SETTINGS -> {
        if ((flags & ACK) == 0) {
          settings(payload);
        }
      }
      case PING -> {
        if ((flags & ACK) == 0) {
          send(PING, ACK, 0, payload);
        }
      }
      case WINDOW_UPDATE -> {
        window += id == 0 ? number(payload, 0) : 0;
        stream.window += id == 0 ? 0 : number(payload, 0);
      }
      case HEADERS -> stream.status = Status.of(payload);
      case DATA -> stream.body.append(new String(payload, US_ASCII));
      case RST_STREAM -> stream.reset = true;
      case GOAWAY -> gone = true;
      default -> {
        // Nothing that a test is about.
      }
    }
    if ((type == HEADERS || type == DATA) && (flags & END_STREAM) != 0) {
      stream.ended = true;
    }
  }

  private void settings(byte[] payload) throws IOException {
    for (int i = 0; i < payload.length; i += 6) {
      if (payload[i] == 0 && payload[i + 1] == 4) {
        int granted = number(payload, i + 2);
        int more = granted - streamWindow;
        streamWindow = granted;
        streams.values().forEach(stream -> stream.window += more);
      }
    }
    send(SETTINGS, ACK, 0, new byte[0]);
  }

  private static int number(byte[] bytes, int at) {
    return ((bytes[at] & 0xff) << 24)
        | ((bytes[at + 1] & 0xff) << 16)
        | ((bytes[at + 2] & 0xff) << 8)
        | (bytes[at + 3] & 0xff);
  }

  private void send(int type, int flags, int id, byte[] payload) throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(payload.length >> 16);
    frame.write(payload.length >> 8);
    frame.write(payload.length);
    frame.write(type);
    frame.write(flags);
    frame.writeBytes(
        new byte[] {(byte) (id >> 24), (byte) (id >> 16), (byte) (id >> 8), (byte) id});
    frame.writeBytes(payload);
    socket.getOutputStream().write(frame.toByteArray());
    socket.getOutputStream().flush();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** The status in a head that a server has packed as RFC 7541 says, with no table; it is the first field. */
  private static final class Status {

    private static final int[] KNOWN = {200, 204, 206, 304, 400, 404, 500};

    private Status() {}

    static int of(byte[] block) {
      int at = 0;
      while ((block[at] & 0xe0) == 0x20) {
        at++;
      }
      int first = block[at] & 0xff;
      if (first >= 0x80) {
        return KNOWN[(first & 0x7f) - 8];
      }
      int length = block[at + 1] & 0x7f;
      boolean packed = (block[at + 1] & 0x80) != 0;
      return packed ? digits(block, at + 2, length) : plain(block, at + 2, length);
    }

    private static int plain(byte[] block, int at, int length) {
      return Integer.parseInt(new String(block, at, length, US_ASCII));
    }

    /** Digits up to 2 are five bits long, others six. */
    private static int digits(byte[] block, int at, int length) {
      long bits = 0;
      for (int i = 0; i < length; i++) {
        bits = (bits << 8) | (block[at + i] & 0xff);
      }
      int left = length * 8;
      int number = 0;
      for (int digit = 0; digit < 3; digit++) {
        int next = (int) (bits >> (left - 5)) & 0x1f;
        left -= 5;
        if (next > 2) {
          left--;
          next = ((next << 1) | ((int) (bits >> left) & 1)) - 0b011001 + 3;
        }
        number = number * 10 + next;
      }
      return number;
    }
  }
}
