package io.ostiary.core;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What some files held at one time, by SHA-256: names, sizes and times can stay the same when the content does not, and
 * change when it does not (a Kubernetes ConfigMap swaps a link).
 */
final class Fingerprint {

  private static final int CHUNK = 8 << 10;

  private final Map<Path, String> marks = new LinkedHashMap<>();

  /** Notes content that was read; if a file was noted before, that stays. */
  void add(Path file, byte[] content) {
    marks.putIfAbsent(file, HexFormat.of().formatHex(sha256().digest(content)));
  }

  /** Notes what a file holds now, even if that is nothing. */
  void add(Path file) {
    marks.putIfAbsent(file, mark(file));
  }

  /** Whether the files still hold the same. */
  boolean isCurrent() {
    return marks.entrySet().stream().allMatch(e -> mark(e.getKey()).equals(e.getValue()));
  }

  /** What the same files hold now. */
  Fingerprint again() {
    Fingerprint now = new Fingerprint();
    marks.keySet().forEach(now::add);
    return now;
  }

  private static String mark(Path file) {
    if (!Files.isRegularFile(file)) {
      return Files.isDirectory(file) ? "folder" : Files.exists(file) ? "special" : "nothing";
    }
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest sha256 = sha256();
      byte[] chunk = new byte[CHUNK];
      int left = PolicyFile.LARGEST;
      int count = in.read(chunk);
      while (count >= 0 && left >= 0) {
        sha256.update(chunk, 0, count);
        left -= count;
        count = in.read(chunk);
      }
      return HexFormat.of().formatHex(sha256.digest());
    } catch (IOException e) {
      return e.getClass().getName();
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
