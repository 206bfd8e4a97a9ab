package io.ostiary.core;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A token of PAI-EAS with which calls are signed; unlike any other key it has to be kept itself. It prints nothing of itself.
 */
final class EasToken {

  private static final String FUNCTION = "HmacSHA1";

  private final SecretKeySpec key;
  private final Digest digest;

  /** @param text 1 to {@value Credential#LONGEST} visible characters of ASCII */
  EasToken(String text) {
    key = new SecretKeySpec(text.getBytes(StandardCharsets.US_ASCII), FUNCTION);
    digest = Digest.of(text);
  }

  /** By which the token is known where it comes as it is. */
  Digest digest() {
    return digest;
  }

  /** Whether this token made the code of a text; takes as long if it did not. */
  boolean made(byte[] code, byte[] text) {
    try {
      Mac mac = Mac.getInstance(FUNCTION);
      mac.init(key);
      return MessageDigest.isEqual(mac.doFinal(text), code);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HMAC-SHA1", e);
    }
  }

  @Override
  public String toString() {
    return "EasToken";
  }
}
