package io.ostiary.core;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Computes {@link Digest}s, one after another, and keeps nothing of what it has digested. One thread at a time uses it; to make
 * one costs several times what it does for a key.
 */
final class Sha256 {

  private static final int PIECE = 128;
  private static final int DIGEST_LENGTH = 32;

  private final MessageDigest function;
  private final byte[] bytes = new byte[PIECE];

  Sha256() {
    try {
      function = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The digest of a text in ISO 8859-1; UTF-16 units beyond that count as question marks. */
  Digest digest(String text) {
    try {
      for (int from = 0; from < text.length(); from += PIECE) {
        function.update(bytes, 0, encode(text, from, Math.min(PIECE, text.length() - from)));
      }
      function.digest(bytes, 0, DIGEST_LENGTH);
      return Digest.of(bytes);
    } catch (DigestException e) {
      throw new IllegalStateException("a SHA-256 has 32 bytes", e);
    } finally {
      function.reset();
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private int encode(String text, int from, int length) {
    for (int i = 0; i < length; i++) {
      char c = text.charAt(from + i);
      bytes[i] = (byte) (c <= 0xFF ? c : '?');
    }
    return length;
  }
}
