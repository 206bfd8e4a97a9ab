package io.ostiary.core;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The files that one reading of a policy touches, and what was in each. */
final class PolicySources {

  private final Path folder;
  private final Fingerprint fingerprint = new Fingerprint();

  /** @param folder relative paths start here */
  PolicySources(Path folder) {
    this.folder = folder;
  }

  Path resolve(String path) {
    return folder.resolve(path);
  }

  /** The whole content of a regular file. A pipe or device could block, or never end. */
  byte[] read(Path file, int most) throws IOException {
    try {
      byte[] content = content(file, most);
      fingerprint.add(file, content);
      return content;
    } catch (IOException e) {
      fingerprint.add(file);
      throw e;
    }
  }

  /** Says that a file, read by someone else from here on, is part of the policy. */
  void touch(Path file) {
    fingerprint.add(file);
  }

  Fingerprint fingerprint() {
    return fingerprint;
  }

  private static byte[] content(Path file, int most) throws IOException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    if (!Files.isRegularFile(file)) {
      throw refused(file, Files.isDirectory(file) ? "is a directory" : "is not a regular file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(most);
      if (in.read() >= 0) {
        throw refused(file, "is larger than " + most + " bytes");
      }
      return content;
    }
  }

  private static FileSystemException refused(Path file, String reason) {
    return new FileSystemException(file.toString(), null, reason);
  }

  /** What is wrong with a file, to follow its name in a sentence. */
  static String trouble(Exception e) {
    if (e instanceof NoSuchFileException) {
      return "does not exist";
    }
    if (e instanceof AccessDeniedException) {
      return "may not be read by this process";
    }
    if (e instanceof InvalidPathException) {
      return "has a name that no file here can have";
    }
    if (e instanceof FileSystemException f && f.getReason() != null) {
      return f.getReason();
    }
    return "cannot be read (" + e.getClass().getSimpleName() + ")";
  }
}
