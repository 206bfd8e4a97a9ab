package io.ostiary.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The operator's file: read whole, as often as asked. */
final class PolicyFile {

  /** In bytes; some hundred thousand keys. */
  static final int LARGEST = 64 << 20;

  private static final Set<PosixFilePermission> OTHERS_WRITE =
      PosixFilePermissions.fromString("----w--w-");

  private final Path path;
  private final Surroundings surroundings;
  private final Log log;

  PolicyFile(Path path, Surroundings surroundings, Log log) {
    this.path = path;
    this.surroundings = surroundings;
    this.log = log;
  }

  Path path() {
    return path;
  }

  /** Reads the file and all it refers to, and tells the log of overrides and of dangers. */
  PolicyReading read() {
    Problems problems = new Problems();
    PolicySources sources = new PolicySources(folder());
    Policy policy = policy(sources, problems);
    return new PolicyReading(
        problems.isEmpty() ? policy : null, problems.list(), sources.fingerprint());
  }

  private @Nullable Policy policy(PolicySources sources, Problems problems) {
    byte[] bytes;
    try {
      bytes = sources.read(path, LARGEST);
    } catch (IOException e) {
      problems.at(new Place(path.toString(), 0), "the policy file " + PolicySources.trouble(e));
      return null;
    }
    warnOfWriters();
    Placeholders placeholders = new Placeholders(surroundings.environment(), sources);
    SettingTable table =
        new PolicyReader(problems, placeholders)
            .read(bytes, path.toString(), new Overrides(surroundings, problems, log));
    if (table.isEmpty()) {
      return null;
    }
    return new PolicyDraft(table, path.toString(), sources, problems).policy();
  }

  private Path folder() {
    Path parent = path.toAbsolutePath().getParent();
    return parent == null ? path.toAbsolutePath() : parent;
  }

  private void warnOfWriters() {
    try {
      Set<PosixFilePermission> permissions = EnumSet.copyOf(Files.getPosixFilePermissions(path));
      permissions.retainAll(OTHERS_WRITE);
      if (!permissions.isEmpty()) {
        log.warn(
            path
                + " can be written by others than its owner: whoever they are, they decide who gets in");
      }
    } catch (IOException | UnsupportedOperationException e) {
      // A file system without such permissions has nothing to warn of; a file that just vanished is
      // found at the next look.
      return;
    }
  }
}
