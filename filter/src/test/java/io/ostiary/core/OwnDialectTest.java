package io.ostiary.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator's own dialect as the policy's reader meets it: E2 holds for its clients too, or the policy is refused. */
class OwnDialectTest {

  private static final String POLICY = "errors.dialect = mine.properties\n" + PolicyFolder.LEAST;

  private final PolicyFolder folder;

  OwnDialectTest(@TempDir Path folder) {
    this.folder = new PolicyFolder(folder);
  }

  @Test
  void is_refused_with_line_key_and_what_was_expected() {
    folder.write(
        "mine.properties",
        """
        # for our own clients
        extends = openai
        bare-key = maybe

        guard.over = 200 | a | b | Too many.
        reason.KEY_UNKOWN = invalid-key
        reason.KEY_UNKNOWN = over
        envelope = {message}
        status.413 = nothing
        """);

    assertThat(folder.problems(POLICY))
        .satisfiesExactlyInAnyOrder(
            starts("mine.properties:3: bare-key = maybe: expected yes or no"),
            starts("mine.properties:5: guard.over = 200 | a | b | Too many.: expected 5 columns, "),
            starts("mine.properties:6: reason.KEY_UNKOWN = invalid-key: unknown reason; expected"),
            starts("mine.properties:8: envelope = {message}: not JSON when filled; expected one"),
            starts("mine.properties:9: status.413 = nothing: expected the id of a row"));
  }

  @Test
  void leaves_no_policy_to_guard_by() {
    folder.write("mine.properties", "extends = openai\nguard.over = 200 | a | b | Too many.\n");

    assertThatThrownBy(() -> folder.write(POLICY).read().orThrow())
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining("mine.properties:2: guard.over");
  }

  private static ThrowingConsumer<String> starts(String start) {
    return problem -> assertThat(problem).startsWith(start);
  }
}
