package io.ostiary.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ostiary.core.Guard;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a call when the agent itself fails (P4, pitfall 4): here no door can be built, since nothing was woven. */
class GateTest {

  private final Path directory;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  GateTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void refuses_a_call_that_no_door_can_judge() throws Exception {
    try (Guard guard = guard("refuse")) {
      Gate gate = gate(guard);

      assertThatThrownBy(() -> gate.refuses(String.class, "request", "response", null))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("the call is refused");
      assertThatThrownBy(() -> gate.enter(String.class, "request", "response", null))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("the call is refused");
    }
    assertThat(said.toString(StandardCharsets.UTF_8)).contains("ostiary: ERROR: ");
  }

  @Test
  void lets_it_pass_only_where_the_policy_says_so() throws Exception {
    try (Guard guard = guard("admit")) {
      Gate gate = gate(guard);

      assertThat(gate.refuses(String.class, "request", "response", null)).isFalse();
      assertThat(gate.enter(String.class, "request", "response", null)).isNull();
    }
    assertThat(said.toString(StandardCharsets.UTF_8)).contains("ostiary: ERROR: ");
  }

  private Guard guard(String onFailure) throws Exception {
    Path file = directory.resolve("policy.properties");
    Files.writeString(
        file,
        """
        on-failure = %s
        route.all.paths = /**
        route.all.key = none
        """
            .formatted(onFailure));
    return Guard.open(file, console());
  }

  private Gate gate(Guard guard) {
    Armament armament = new Armament("none", StatusFile.asked(console()));
    Weaver weaver = new Weaver(guard, console(), armament, false);
    return new Gate(guard, weaver, type -> {}, console());
  }

  private Console console() {
    return new Console(new PrintStream(said, true, StandardCharsets.UTF_8));
  }
}
