package io.ostiary.tests.contract;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Policies for servers under test, in files; each test that uses a budget up has a key of its own. */
public final class PolicyFile {

  private static final Pattern DIGEST = Pattern.compile("<digest of ([a-z0-9-]+)>");
  private static final Pattern TOKEN = Pattern.compile("<token of ([a-z0-9-]+)>");

  private PolicyFile() {}

  /** Writes the policy that stands beside a class, with the digests of keys put in, and the files of their tokens. */
  public static Path write(Class<?> beside, String name) throws IOException {
    try (InputStream in = beside.getResourceAsStream(name)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      String complete = DIGEST.matcher(text).replaceAll(m -> Keys.digestOf(m.group(1)));
      Path policy = Files.createTempDirectory("policy").resolve("policy.properties");
      for (Matcher token = TOKEN.matcher(complete); token.find(); ) {
        Files.writeString(policy.resolveSibling(token.group(1)), Keys.secretOf(token.group(1)));
      }
      return Files.writeString(policy, TOKEN.matcher(complete).replaceAll("\\${file:$1}"));
    }
  }
}
