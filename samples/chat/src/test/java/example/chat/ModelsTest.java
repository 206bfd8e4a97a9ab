package example.chat;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelsTest {

  private static final Models MODELS = Models.load();

  @ParameterizedTest
  @ValueSource(strings = {"qwen-max", "deepseek-v3", "qwen2.5-7b"})
  void the_same_seed_gives_the_same_answer_and_another_seed_another(String model) {
    List<String> first = answer(model, "门房", 1, 7);

    assertThat(answer(model, "门房", 1, 7)).isEqualTo(first);
    assertThat(List.of(answer(model, "门房", 1, 8), answer(model, "门房", 1, 9)))
        .anyMatch(other -> !other.equals(first));
  }

  @Test
  void without_temperature_the_seed_does_not_matter() {
    assertThat(answer("qwen2.5-7b", "tea", 0, 1)).isEqualTo(answer("qwen2.5-7b", "tea", 0, 2));
  }

  @Test
  void an_answer_speaks_the_language_of_the_question() {
    for (int seed = 0; seed < 20; seed++) {
      assertThat(String.join("", answer("qwen-max", "怎样泡一杯好茶？", 1, seed)))
          .doesNotContainPattern("[a-z]");
      assertThat(String.join("", answer("qwen-max", "How do I make good tea?", 1, seed)))
          .doesNotContainPattern("\\p{IsHan}");
    }
  }

  @Test
  void answers_are_made_up_and_not_recited() {
    List<String> answers = new ArrayList<>();
    for (int seed = 0; seed < 20; seed++) {
      answers.add(String.join("", answer("qwen-max", "什么是限流？", 1, seed)));
    }
    assertThat(answers.stream().distinct().count()).isGreaterThan(5);
  }

  @Test
  void an_answer_has_no_more_tokens_than_asked_for() {
    assertThat(answer("qwen-max", "你好", 1, 0, 5)).hasSize(5);
  }

  private static List<String> answer(String model, String question, double temperature, long seed) {
    return answer(model, question, temperature, seed, 1000);
  }

  private static List<String> answer(
      String model, String question, double temperature, long seed, int maxTokens) {
    List<String> tokens = new ArrayList<>();
    requireNonNull(MODELS.find(model))
        .answer(question, maxTokens, temperature, new SplittableRandom(seed))
        .forEachRemaining(tokens::add);
    return tokens;
  }
}
