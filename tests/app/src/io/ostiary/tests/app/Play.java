package io.ostiary.tests.app;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPOutputStream;

/**
 * An answer to be played, as the request's own headers say: {@code X-Play} is its text in base 64, repeated {@code X-Times}.
 * It leaves event by event, or in pieces of {@code X-Cut} bytes, each flushed unless {@code X-Unflushed} is there, with a pause
 * of {@code X-Pause} microseconds after each, and until the app has been called by the test {@code X-Until}; {@code X-Reads} has the request's body read before. Sixteen at-signs become the time of writing in microseconds.
 */
final class Play {

  private static final String TIME = "@".repeat(16);

  private final HttpServletRequest request;
  private final String test;
  private final int times;
  private final long pauseNanos;
  private final List<byte[]> pieces;

  Play(HttpServletRequest request) throws IOException {
    this.request = request;
    this.test = header("X-Test", "none");
    this.times = Integer.parseInt(header("X-Times", "1"));
    this.pauseNanos = TimeUnit.MICROSECONDS.toNanos(Integer.parseInt(header("X-Pause", "0")));
    byte[] text = Base64.getDecoder().decode(header("X-Play", ""));
    if (request.getHeader("X-Gzip") != null) {
      this.pieces = List.of(zipped(text));
    } else {
      this.pieces = cut(new String(text, StandardCharsets.UTF_8), header("X-Cut", "events"));
    }
  }

  private static byte[] zipped(byte[] text) throws IOException {
    var zipped = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(zipped)) {
      gzip.write(text);
    }
    return zipped.toByteArray();
  }

  private static List<byte[]> cut(String text, String by) {
    List<byte[]> cut = new ArrayList<>();
    if (text.isEmpty()) {
      return cut;
    }
    if (by.equals("events")) {
      for (String event : text.split("(?<=\n\n)")) {
        cut.add(event.getBytes(StandardCharsets.UTF_8));
      }
    } else {
      int size = Integer.parseInt(by);
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      for (int at = 0; at < bytes.length; at += size) {
        int end = Math.min(bytes.length, at + size);
        cut.add(java.util.Arrays.copyOfRange(bytes, at, end));
      }
    }
    return cut;
  }

  String header(String name, String otherwise) {
    String value = request.getHeader(name);
    return value == null ? otherwise : value;
  }

  /** How many pieces there are in all. */
  int size() {
    return pieces.size() * times;
  }

  byte[] piece(int number) {
    byte[] piece = pieces.get(number % pieces.size());
    String text = new String(piece, StandardCharsets.ISO_8859_1);
    if (!text.contains(TIME)) {
      return piece;
    }
    long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    return text.replace(TIME, Long.toString(now)).getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Reads all that the request brings along, for which the app waits. */
  void readBody() throws IOException {
    Hits.count(test);
    InputStream in = request.getInputStream();
    byte[] read = new byte[8192];
    while (in.read(read) >= 0) {
      // On to its end.
    }
  }

  /** The container has taken one more piece. */
  void taken() {
    Hits.count(test);
    if (pauseNanos > 0) {
      LockSupport.parkNanos(pauseNanos);
    }
    String other = header("X-Until", null);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (other != null && Hits.of(other) == 0 && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }

  /** The container has taken no more. */
  void stopped() {
    Hits.count(test + "-stopped");
  }

  /** The app is through with the call. */
  void over() {
    Hits.count(test + "-over");
  }

  /** Writes all pieces; tells whether the container took them. */
  boolean into(Sink sink) {
    try {
      boolean flushes = request.getHeader("X-Unflushed") == null;
      for (int i = 0; i < size(); i++) {
        sink.write(piece(i));
        taken();
        if (flushes) {
          sink.flush();
        }
      }
      return true;
    } catch (IOException | RuntimeException notTaken) {
      // Containers have ended an asynchronous call by the time it fails, and writers throw anything
      // then.
      stopped();
      return false;
    }
  }
}
