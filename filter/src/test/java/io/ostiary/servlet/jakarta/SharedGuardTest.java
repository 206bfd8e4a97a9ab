package io.ostiary.servlet.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedGuardTest {

  private final Path directory;

  SharedGuardTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void filters_with_the_same_policy_file_share_a_guard_and_its_limits() throws Exception {
    Path file = policy("policy.properties");
    Path link = Files.createSymbolicLink(directory.resolve("link.properties"), file);
    try (SharedGuard one = SharedGuard.open(file);
        SharedGuard other = SharedGuard.open(link)) {
      assertThat(other.guard()).isSameAs(one.guard());
    }
  }

  @Test
  void filters_with_different_policy_files_share_nothing() throws Exception {
    try (SharedGuard one = SharedGuard.open(policy("one.properties"));
        SharedGuard other = SharedGuard.open(policy("other.properties"))) {
      assertThat(other.guard()).isNotSameAs(one.guard());
    }
  }

  @Test
  void a_guard_stays_open_until_its_last_filter_is_gone() throws Exception {
    Path file = policy("policy.properties");
    SharedGuard first = SharedGuard.open(file);
    SharedGuard second = SharedGuard.open(file);
    first.close();
    try (SharedGuard third = SharedGuard.open(file)) {
      assertThat(third.guard()).isSameAs(second.guard());
      second.close();
    }
    try (SharedGuard fresh = SharedGuard.open(file)) {
      assertThat(fresh.guard()).isNotSameAs(first.guard());
    }
  }

  private Path policy(String name) throws Exception {
    return Files.writeString(
        directory.resolve(name), "route.chat.paths = /chat\nroute.chat.key = none\n");
  }
}
