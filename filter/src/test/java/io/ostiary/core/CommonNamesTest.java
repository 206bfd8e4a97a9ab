package io.ostiary.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommonNamesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "any                              | any               | any",
        "a, b-*                           | any               | a, b-*",
        "a, b-*                           | ``                | none",
        "any                              | ``                | none",
        "deepseek-v3, qwen-max, qwen2.5-* | qwen2.5-*         | qwen2.5-*",
        "qwen-max, qwen-turbo, ds         | qwen-*            | qwen-max, qwen-turbo",
        "qwen-*                           | qwen-max-*        | qwen-max-*",
        "qwen-max-*                       | qwen-*            | qwen-max-*",
        "qwen-*                           | *-chat            | qwen-* & *-chat",
        "qwen-*, ds-chat                  | *-chat            | ds-chat, qwen-* & *-chat",
        "qwen-*                           | ds-*              | none",
        "*-chat                           | *-base            | none",
        "qwen-?                           | qwen-*            | qwen-?",
        "qwen-?                           | qwen-7*           | qwen-? & qwen-7*",
        "a                                | b                 | none",
        "a, b                             | b, c              | b",
      })
  void are_written_shortly(String one, String other, String common) {
    assertThat(CommonNames.write(List.of(set(one), set(other)))).isEqualTo(common);
    assertThat(CommonNames.write(List.of(NameSet.ANY, set(one), set(other)))).isEqualTo(common);
  }

  @Test
  void of_three_lists_are_on_all() {
    assertThat(CommonNames.write(List.of(set("qwen-*, ds"), set("*-chat, ds"), set("*7b*"))))
        .isEqualTo("qwen-* & *-chat & *7b*");
  }

  @Test
  void say_of_every_name_what_the_lists_say() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      List<NameSet> lists = List.of(anySet(random), anySet(random), anySet(random));
      String written = CommonNames.write(lists);
      String name = text(random, "ab", 4);

      assertThat(isOn(written, name))
          .as("%s on %s, of %s", name, written, lists)
          .isEqualTo(lists.stream().allMatch(list -> list.contains(name)));
    }
  }

  private static boolean isOn(String written, String name) {
    if (written.equals("none")) {
      return false;
    }
    return Arrays.stream(written.split(", ", -1))
        .anyMatch(
            globs -> Arrays.stream(globs.split(" & ", -1)).allMatch(g -> NameSet.matches(g, name)));
  }

  private static NameSet anySet(Random random) {
    List<String> entries = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      entries.add(text(random, "ab*?", 4));
    }
    return NameSet.of(entries);
  }

  private static String text(Random random, String letters, int longest) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(longest); i >= 0; i--) {
      text.append(letters.charAt(random.nextInt(letters.length())));
    }
    return text.toString();
  }

  private static NameSet set(String list) {
    if (list.equals("any")) {
      return NameSet.ANY;
    }
    return NameSet.of(list.isEmpty() ? List.of() : List.of(list.split(", ", -1)));
  }
}
