package io.ostiary.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaceholdersTest {

  private final Path folder;
  private final Placeholders placeholders;

  PlaceholdersTest(@TempDir Path folder) {
    this.folder = folder;
    placeholders =
        new Placeholders(
            Map.of("SET", "set", "EMPTY", "", "NESTED", "${SET}"), new PolicySources(folder));
  }

  @Test
  void stand_for_variables() {
    assertThat(placeholders.expand("a ${SET} b${EMPTY}${SET}")).isEqualTo("a set bset");
  }

  @Test
  void fall_back_as_in_a_shell() {
    assertThat(placeholders.expand("${SET:-other}")).isEqualTo("set");
    assertThat(placeholders.expand("${GONE:-a:-b}")).isEqualTo("a:-b");
    assertThat(placeholders.expand("${EMPTY:-other}")).isEqualTo("other");
    assertThat(placeholders.expand("<${GONE:-}>")).isEqualTo("<>");
  }

  @Test
  void are_filled_in_once() {
    assertThat(placeholders.expand("${NESTED}")).isEqualTo("${SET}");
  }

  @Test
  void leave_a_lone_dollar_alone() {
    assertThat(placeholders.expand("$5 {x} $")).isEqualTo("$5 {x} $");
  }

  @Test
  void stand_for_files_without_their_last_newline() throws IOException {
    Files.writeString(folder.resolve("a"), "密\n\n");
    Files.writeString(folder.resolve("b"), "x\r\n");

    assertThat(placeholders.expand("${file:a}|${file:b}|${file:" + folder + "/b}"))
        .isEqualTo("密\n|x|x");
  }

  @Test
  void refuse_files_that_are_too_large_or_no_text() throws IOException {
    Files.write(folder.resolve("large"), new byte[(64 << 10) + 1]);
    Files.write(folder.resolve("binary"), new byte[] {(byte) 0xFF});

    assertThatIllegalArgumentException()
        .isThrownBy(() -> placeholders.expand("${file:large}"))
        .withMessage("the file large is larger than 65536 bytes");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> placeholders.expand("${file:binary}"))
        .withMessage("the file binary is not UTF-8");
  }
}
