package io.ostiary.core;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HexFormat;

/**
 * The SHA-256 of a key's text (FIPS 180-4): all that is ever kept of it. It prints nothing of itself, since even a digest
 * is nobody's business in a log.
 */
record Digest(long a, long b, long c, long d) {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private static final Spares<Sha256> SPARES = new Spares<>();

  /** The digest of a key as it came in a header, where each character is one byte (RFC 9110 section 5.5). */
  static Digest of(String key) {
    Sha256 spare = SPARES.take();
    Sha256 sha256 = spare == null ? new Sha256() : spare;
    Digest digest = sha256.digest(key);
    SPARES.leave(sha256);
    return digest;
  }

  /**
   * The digest that 64 hexadecimal digits spell.
   *
   * @throws IllegalArgumentException if they are not 64 hexadecimal digits
   */
  static Digest parse(String hex) {
    if (hex.length() != 64) {
      throw new IllegalArgumentException(
          "64 hexadecimal digits expected, found " + hex.length() + " characters");
    }
    return of(HexFormat.of().parseHex(hex));
  }

  /** The digest that the first 32 bytes are. */
  static Digest of(byte[] hash) {
    return new Digest(at(hash, 0), at(hash, 8), at(hash, 16), at(hash, 24));
  }

  private static long at(byte[] hash, int offset) {
    return (long) LONGS.get(hash, offset);
  }

  // Written out, or the first call of all would wait until the JDK has linked what compares them.
  @Override
  public boolean equals(Object other) {
    return other instanceof Digest digest
        && digest.a == a
        && digest.b == b
        && digest.c == c
        && digest.d == d;
  }

  /** Evenly spread, since the digest is. */
  @Override
  public int hashCode() {
    return (int) a;
  }

  @Override
  public String toString() {
    return "Digest";
  }
}
