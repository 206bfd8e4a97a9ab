package io.ostiary.core;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The SHA-256 of a key's text (FIPS 180-4): all that is ever kept of it. It prints nothing of itself, since even a digest
 * is nobody's business in a log.
 */
record Digest(long a, long b, long c, long d) {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** The digest of a key as it came in a header, where each character is one byte (RFC 9110 section 5.5). */
  static Digest of(String key) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.ISO_8859_1));
      return of(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
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

  private static Digest of(byte[] hash) {
    return new Digest(at(hash, 0), at(hash, 8), at(hash, 16), at(hash, 24));
  }

  private static long at(byte[] hash, int offset) {
    return (long) LONGS.get(hash, offset);
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
