package io.ostiary.tests.contract;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The keys of the contract's callers, made from their tags. */
public final class Keys {

  private Keys() {}

  public static String secretOf(String tag) {
    return "sk-" + tag + "-5e9f21c07a";
  }

  public static String digestOf(String tag) {
    try {
      byte[] secret = secretOf(tag).getBytes(StandardCharsets.US_ASCII);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(secret));
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
