package io.ostiary.servlet.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import io.ostiary.core.Guard;
import io.ostiary.core.PolicyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
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
    try (SharedGuard one = open(file);
        SharedGuard other = open(link)) {
      assertThat(other.guard()).isSameAs(one.guard());
    }
  }

  @Test
  void filters_with_different_policy_files_share_nothing() throws Exception {
    try (SharedGuard one = open(policy("one.properties"));
        SharedGuard other = open(policy("other.properties"))) {
      assertThat(other.guard()).isNotSameAs(one.guard());
    }
  }

  @Test
  void a_guard_stays_open_until_its_last_filter_is_gone() throws Exception {
    Path file = policy("policy.properties");
    SharedGuard first = open(file);
    SharedGuard second = open(file);
    first.close();
    try (SharedGuard third = open(file)) {
      assertThat(third.guard()).isSameAs(second.guard());
      second.close();
    }
    try (SharedGuard fresh = open(file)) {
      assertThat(fresh.guard()).isNotSameAs(first.guard());
    }
  }

  @Test
  void says_once_what_is_guarded_by_which_file() throws Exception {
    Path file = policy("policy.properties");
    List<String> said =
        listen(
            () -> {
              try (SharedGuard one = open(file);
                  SharedGuard other = open(file)) {
                assertThat(other.guard()).isSameAs(one.guard());
              }
            });

    assertThat(said)
        .containsExactly(
            "INFO guarding web applications by policy " + file + " (keys: 0, routes: 1)");
  }

  @Test
  void says_loudly_that_the_agents_policy_holds_and_not_its_own() throws Exception {
    Path own = policy("own.properties");
    Path agents = policy("agents.properties");
    System.setProperty(Guard.AGENT_POLICY, agents.toString());
    try {
      assertThat(listen(() -> open(own).close()))
          .hasSize(2)
          .last()
          .asString()
          .startsWith("WARNING POLICY WITHOUT EFFECT: " + own)
          .endsWith(agents.toString());
      assertThat(listen(() -> open(agents).close())).hasSize(1);
    } finally {
      System.clearProperty(Guard.AGENT_POLICY);
    }
  }

  /** What is logged meanwhile. */
  private static List<String> listen(Action action) throws Exception {
    List<String> said = new ArrayList<>();
    Logger logger = Logger.getLogger("io.ostiary");
    Handler ear =
        new Handler() {
          @Override
          public void publish(LogRecord entry) {
            said.add(entry.getLevel() + " " + entry.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    logger.addHandler(ear);
    try {
      action.run();
    } finally {
      logger.removeHandler(ear);
    }
    return said;
  }

  private interface Action {
    void run() throws Exception;
  }

  private static SharedGuard open(Path file) throws PolicyException {
    return SharedGuard.open(file, () -> "/app");
  }

  private Path policy(String name) throws Exception {
    return Files.writeString(
        directory.resolve(name), "route.chat.paths = /chat\nroute.chat.key = none\n");
  }
}
