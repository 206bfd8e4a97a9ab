package io.ostiary.core;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** Policies from texts that a test writes down, by way of a real file. */
final class Policies {

  private Policies() {}

  static Policy parse(String text) {
    try {
      Path file = Files.createTempFile("ostiary-", ".properties");
      try {
        Files.writeString(file, text, StandardCharsets.UTF_8);
        Surroundings nothing = new Surroundings(Map.of(), Map.of());
        PolicyReading reading = new PolicyFile(file, nothing, new SilentLog()).read();
        return reading.orThrow();
      } finally {
        Files.delete(file);
      }
    } catch (PolicyException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String sha256(String key) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
