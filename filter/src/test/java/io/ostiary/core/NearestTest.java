package io.ostiary.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {

  private static final List<String> WORDS = List.of("enforce", "observe", "off", "qwen2.5-72b");

  @Test
  void finds_the_word_that_was_meant() {
    assertThat(Nearest.to("enfroce", WORDS)).isEqualTo("enforce");
    assertThat(Nearest.to("OFF", WORDS)).isEqualTo("off");
    assertThat(Nearest.to("of", WORDS)).isEqualTo("off");
    assertThat(Nearest.to("qwen25-72b", WORDS)).isEqualTo("qwen2.5-72b");
  }

  @Test
  void guesses_nothing_from_afar() {
    assertThat(Nearest.to("yes", WORDS)).isNull();
    assertThat(Nearest.to("", WORDS)).isNull();
    assertThat(Nearest.to("x".repeat(100_000), WORDS)).isNull();
    assertThat(Nearest.hint("yes", WORDS)).isEmpty();
  }
}
