package example.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizerTest {

  private final Tokenizer tokenizer =
      Tokenizer.learn(List.of("门房好，门房早，门房忙，门房笑，门房睡。", "the doorkeeper opens the door"));

  @ParameterizedTest
  @ValueSource(strings = {"", "门房opens🙂门", "the  doorkeeper's door\r\n", "never seen 从未见过"})
  void tokens_joined_are_the_text(String text) {
    assertThat(String.join("", tokenizer.encode(text))).isEqualTo(text);
  }

  @Test
  void words_and_frequent_pairs_are_one_token_each() {
    assertThat(tokenizer.encode("门房 opens the door"))
        .containsExactly("门房", " opens", " the", " door");
  }

  @Test
  void the_longest_piece_wins() {
    assertThat(tokenizer.encode(" doorkeeper")).containsExactly(" doorkeeper");
  }

  @Test
  void what_was_not_seen_falls_into_characters() {
    assertThat(tokenizer.encode("房门🙂x")).containsExactly("房", "门", "🙂", "x");
  }
}
