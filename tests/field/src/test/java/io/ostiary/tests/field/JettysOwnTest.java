package io.ostiary.tests.field;

import static org.assertj.core.api.Assertions.assertThat;

import io.ostiary.tests.contract.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Jetty's own tests of its servlets, with the agent in their JVM: what passes without it passes with it. With {@code -Pmatrix}
 * alone.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JettysOwnTest {

  private static final String ADMITTED =
      "charset = off\nerrors.normalise = none\nroute.all.paths = /**\n";

  @TempDir private Path directory;
  private TestRun without;

  @BeforeAll
  void runWithout() throws Exception {
    Assumptions.assumeTrue(TestRun.isPossible(), "only with -Pmatrix");
    without = TestRun.of(List.of());
    assertThat(without.count()).isGreaterThan(500);
  }

  /** Where nothing is asked of the guard, and where it has all its wrappers around request and answer. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "route.all.key = none",
        "key.any.anonymous = true\nkey.any.limits = tpm 1000M, concurrent 1000\nheaders.rate-limit = false\nroute.all.timeout = 10m",
      })
  void what_passes_without_the_agent_passes_with_it(String policy) throws Exception {
    String agent = "-javaagent:" + Installation.builtAgent() + "=" + write(policy);
    TestRun with = TestRun.of(List.of(), agent);

    List<String> lost = without.lostBy(with);
    if (!lost.isEmpty()) {
      // A few of them pass or fail by chance.
      with = TestRun.of(lost.stream().map(TestRun::classOf).collect(Collectors.toSet()), agent);
      lost = lost.stream().filter(without.lostBy(with)::contains).toList();
    }
    assertThat(lost).isEmpty();
  }

  private Path write(String policy) throws IOException {
    Path file = directory.resolve("policy.properties");
    return Files.writeString(file, ADMITTED + policy + "\n");
  }
}
