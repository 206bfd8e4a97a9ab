package io.ostiary.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the operator is told at the start: what is guarded by which file, or that nothing is. */
class AnnouncementTest {

  private final PolicyFolder folder;

  AnnouncementTest(@TempDir Path temp) {
    folder = new PolicyFolder(temp).write(PolicyFolder.LEAST);
  }

  @Test
  void names_the_file_wherever_it_was_found() throws Exception {
    System.setProperty("ostiary.config", folder.file.toString());
    try {
      announce(null);
    } finally {
      System.clearProperty("ostiary.config");
    }

    assertThat(folder.log.lines)
        .containsExactly(
            "info guarding jetty/12 by policy " + folder.file + " (keys: 1, routes: 1)",
            "info guarding jetty/12 context /");
  }

  @Test
  void says_loudly_that_nothing_is_guarded() throws Exception {
    folder.write("mode = off\n" + PolicyFolder.LEAST);
    announce(folder.file);

    assertThat(folder.log.lines)
        .containsExactly(
            "warn NOTHING IS GUARDED (mode = off): jetty/12 by policy "
                + folder.file
                + " (keys: 1, routes: 1)",
            "warn NOTHING IS GUARDED (mode = off): jetty/12 context /");
  }

  @Test
  void says_loudly_that_nothing_is_refused() throws Exception {
    folder.write("mode = observe\n" + PolicyFolder.LEAST);
    announce(folder.file);

    assertThat(folder.log.lines)
        .containsExactly(
            "warn ONLY OBSERVING, NOTHING IS REFUSED (mode = observe): jetty/12 by policy "
                + folder.file
                + " (keys: 1, routes: 1)",
            "warn ONLY OBSERVING, NOTHING IS REFUSED (mode = observe): jetty/12 context /");
  }

  @Test
  void counts_the_keys_that_are_only_observed() throws Exception {
    folder.write(PolicyFolder.LEAST + "key.acme.mode = observe\n");
    announce(folder.file);

    assertThat(folder.log.lines.get(0)).endsWith(" (keys: 1 (only observed: 1), routes: 1)");
  }

  private void announce(@Nullable Path file) throws PolicyException {
    try (Guard guard = Guard.open(file, folder.log)) {
      guard.announce("jetty/12");
      guard.announcePart("jetty/12 context /");
    }
  }
}
