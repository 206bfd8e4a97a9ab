package io.ostiary.tests.contract;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The one policy that all rows of the contract are guarded by; each test that uses a budget up has a key of its own. */
final class PolicyFile {

  private static final Pattern DIGEST = Pattern.compile("<digest of ([a-z0-9-]+)>");

  private PolicyFile() {}

  /** Writes the file, with the digests put in. */
  static Path write() throws IOException {
    try (InputStream in = PolicyFile.class.getResourceAsStream("contract.properties")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      String complete = DIGEST.matcher(text).replaceAll(m -> Keys.digestOf(m.group(1)));
      return Files.writeString(Files.createTempFile("contract", ".properties"), complete);
    }
  }
}
