package io.ostiary.core;

import java.io.InputStream;

/** A request's body, read once from the container and given to the app again; held in segments, never in one more copy. */
public final class Body {

  Body() {}

  /** The number of bytes. */
  public long length() {
    throw new UnsupportedOperationException();
  }

  /**
   * Copies bytes out.
   *
   * @return how many were copied, or −1 at the end
   */
  public int read(long position, byte[] into, int offset, int length) {
    throw new UnsupportedOperationException();
  }

  /** All the bytes, from the first. */
  public InputStream stream() {
    throw new UnsupportedOperationException();
  }
}
