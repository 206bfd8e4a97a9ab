package io.ostiary.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathPatternTest {

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          /, /, true
          /, /a, false
          /v1/chat, /v1/chat, true
          /v1/chat, /v1/chat/, false
          /v1/chat, /v1/Chat, false
          /v1/chat, /v1/chats, false
          /v1/chat, /v1/chat/x, false
          /v1/chat, /v1, false
          /v1/chat/, /v1/chat/, true
          /v1/chat/, /v1/chat, false
          /v1/*, /v1/chat, true
          /v1/*, /v1/, false
          /v1/*, /v1, false
          /v1/*, /v1/chat/x, false
          /v1/*/x, /v1/chat/x, true
          /v1/**, /v1, true
          /v1/**, /v1/, true
          /v1/**, /v1/chat, true
          /v1/**, /v1/chat/x/y, true
          /v1/**, /v1x, false
          /v1/**, /v2/v1, false
          /**, /, true
          /**, /v1/chat, true
          /模型/*, /模型/甲, true
          /a b/c, /a b/c, true
          """)
  void matches_what_it_says(String pattern, String path, boolean matches) {
    assertThat(PathPattern.parse(pattern).matches(path)).isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          /v1/models/{model}, /v1/models/qwen, qwen
          /v1/models/{model}, /v1/models/Qwen:predict, Qwen:predict
          /v1/models/{model}:predict, /v1/models/qwen:predict, qwen
          /v1/models/{model}:predict, /v1/models/qwen:predict:predict, qwen:predict
          /v1/gpt-3.{model}/run, /v1/gpt-3.5/run, 5
          /v1/v{model}.bin, /v1/v7.bin, 7
          /{model}, /通义, 通义
          /{model}/**, /qwen/a/b, qwen
          """)
  void tells_the_model(String pattern, String path, String model) {
    PathPattern parsed = PathPattern.parse(pattern);

    assertThat(parsed.namesModel()).isTrue();
    assertThat(parsed.matches(path)).isTrue();
    assertThat(parsed.model(path)).isEqualTo(model);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          /v1/models/{model}:predict, /v1/models/:predict
          /v1/models/{model}:predict, /v1/models/qwen:predic
          /v1/models/{model}:predict, /v1/models/qwen:predictx
          /v1/models/{model}, /v1/models/
          /v1/models/a{model}a, /v1/models/a
          """)
  void matches_no_empty_model_nor_half_a_text(String pattern, String path) {
    assertThat(PathPattern.parse(pattern).matches(path)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          v1/chat, does not begin with /
          '', does not begin with /
          http://host/v1, does not begin with /
          //v1, has an empty segment
          /v1//chat, has an empty segment
          /v1/{name}, has braces around something else than {model}
          /v1/{model, has braces around something else than {model}
          /v1/model}, has braces around something else than {model}
          /v1/{{model}}, has braces around something else than {model}
          /v1/{mo{model}del}, has braces around something else than {model}
          /v1/{model}/{model}, has more than one {model}
          /v1/{model}-{model}, has more than one {model}
          /v1/**/chat, has a * that is neither
          /v1/**/, has a * that is neither
          /v1/chat*, has a * that is neither
          /v1/***, has a * that is neither
          /v1/{model}*, has a * that is neither
          /v1/chat?a=b, has one of ? # %
          /v1/chat#a, has one of ? # %
          /v1/ch%61t, has one of ? # %
          /v1/chat;a, has one of ? # %
          /v1\\chat, has one of ? # %
          /v1/./chat, has a segment of dots
          /v1/.., has a segment of dots
          '/v1/ /chat', has a segment of dots
          """)
  void refuses_what_is_no_pattern_and_says_what_was_expected(String text, String problem) {
    assertThatThrownBy(() -> PathPattern.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith('"' + text + "\" " + problem)
        .hasMessageEndingWith("expected");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          /v1/chat, /v1/chat, true
          /v1/chat, /V1/Chat/, true
          /v1/{model}, /v1/*, true
          /v1/{model}:a, /v1/x{model}, true
          /v1/{model}:a, /v1/{model}:b, false
          /v1/{model}:a, /v1/{model}, false
          /v1/chat, /v1/{model}, false
          /v1/**, /v1/chat, false
          /v1/**, /v1, false
          /v1/**, /v1/**, true
          /v1/**, /v2/**, false
          /a/*, /*/b, false
          """)
  void overlaps_if_nothing_tells_which_of_two_is_meant(String one, String other, boolean overlap) {
    assertThat(PathPattern.parse(one).overlaps(PathPattern.parse(other))).isEqualTo(overlap);
    assertThat(PathPattern.parse(other).overlaps(PathPattern.parse(one))).isEqualTo(overlap);
  }

  @Test
  void overlaps_exactly_if_some_path_matches_both_and_neither_is_more_specific() {
    String[] parts = {"a", "A.", "b", "*", "{model}", "a{model}", "{model}b", "ab{model}"};
    String[] segments = {"a", "b", "ab", "abb", "axb", "x", "bb"};
    List<String> paths = paths(segments);
    Random random = new Random(3);
    for (int i = 0; i < 5_000; i++) {
      PathPattern one = randomPattern(random, parts);
      PathPattern other = randomPattern(random, parts);
      boolean both =
          paths.stream().anyMatch(path -> one.matchesLoosely(path) && other.matchesLoosely(path));
      boolean tied = PathPattern.BY_SPECIFICITY.compare(one, other) == 0;

      assertThat(one.overlaps(other)).as("%s and %s", one, other).isEqualTo(both && tied);
    }
  }

  private static List<String> paths(String[] segments) {
    List<String> paths = new ArrayList<>(List.of(""));
    for (int from = 0, depth = 0; depth < 3; depth++) {
      int to = paths.size();
      for (; from < to; from++) {
        for (String segment : segments) {
          paths.add(paths.get(from) + "/" + segment);
        }
      }
    }
    return paths;
  }

  private static PathPattern randomPattern(Random random, String[] parts) {
    StringBuilder text = new StringBuilder();
    for (int depth = random.nextInt(3); depth >= 0; depth--) {
      String part = parts[random.nextInt(parts.length)];
      boolean second = part.contains("{") && text.indexOf("{") >= 0;
      text.append('/').append(second ? "*" : part);
    }
    boolean full = text.chars().filter(c -> c == '/').count() == 3;
    return PathPattern.parse(random.nextInt(4) == 0 && !full ? text + "/**" : text.toString());
  }
}
