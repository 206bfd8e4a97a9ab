package io.ostiary.core;

/** A place in a {@link Body} that moves on byte by byte. */
final class BodyCursor {

  private final Body body;
  private final byte[] buffer;
  private long start;
  private int at;
  private int end;

  /** @param bufferSize how many bytes are looked at together */
  BodyCursor(Body body, int bufferSize) {
    this.body = body;
    buffer = new byte[bufferSize];
  }

  /** Where the next byte stands. */
  long position() {
    return start + at;
  }

  /** The next byte, or −1 at the end, without moving on. */
  int peek() {
    return at < end || fill() ? buffer[at] & 0xFF : -1;
  }

  /** The next byte, or −1 at the end. */
  int next() {
    return at < end || fill() ? buffer[at++] & 0xFF : -1;
  }

  /** Moves on if the next byte is this one. */
  boolean take(int value) {
    boolean found = peek() == value;
    if (found) {
      at++;
    }
    return found;
  }

  /** Moves on over these bytes, as far as they stand there; answers whether all of them do. */
  boolean takeAll(byte[] expected) {
    int taken = 0;
    while (taken < expected.length && take(expected[taken])) {
      taken++;
    }
    return taken == expected.length;
  }

  /** Moves behind the next carriage return or line feed, and answers it; −1 if there is none. */
  int nextLineBreak() {
    while (at < end || fill()) {
      byte value = buffer[at++];
      if (value == '\r' || value == '\n') {
        return value;
      }
    }
    return -1;
  }

  private boolean fill() {
    start += end;
    at = 0;
    end = Math.max(0, body.read(start, buffer, 0, buffer.length));
    return end > 0;
  }
}
