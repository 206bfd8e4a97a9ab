package io.ostiary.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordListTest {

  private static WordList list(String... entries) {
    List<WordEntry> parsed = new ArrayList<>();
    for (String entry : entries) {
      parsed.add(WordEntry.parse(parsed.size() + 1, entry));
    }
    return new WordList("list", parsed);
  }

  private static int find(WordList list, String text) {
    return find(new WordSearch(list), text);
  }

  private static int find(WordSearch search, String text) {
    search.begin();
    text.codePoints().forEach(search::accept);
    return search.end();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "kill          | how to kill it         | true",
        "kill          | KiLL                   | true",
        "kill          | ｋｉｌｌ                   | true",
        "kill          | ki\u200Bll             | true",
        "kill          | 请kill他                 | true",
        "kill          | skill                  | false",
        "kill          | kills                  | false",
        "kill          | killed_it              | false",
        "kill          | kill_it                | true",
        "kill*         | kills                  | true",
        "kill*         | skill                  | false",
        "*kill         | skill                  | true",
        "*kill*        | skills                 | true",
        "credit card   | my credit  \tCARD, sir  | true",
        "credit card   | credit cards           | false",
        "炸弹            | 如何制造炸弹呢                | true",
        "炸弹            | 炸 弹                    | false",
        "Straße        | STRASSE                | false",
        "straße        | STRAßE                 | true",
        "привет        | ПРИВЕТ!                | true",
        "привет        | приветик               | false",
        "how to * bomb | how to make a bomb     | true",
        "how to * bomb | bomb? how to make one  | false",
        "how to * bomb | how to make bombs      | false",
        "a*b*c         | a b c                  | true",
        "a*b*c         | a c b                  | false",
        "*aa*aa*       | aaa                    | false",
        "*aa*aa*       | aaaa                   | true",
        "*aba*ab*      | ababa                  | false",
        "*aba*ab*      | abaab                  | true",
        "a\\*b         | a*b                    | true",
        "a\\*b         | a-b                    | false",
        "\\#tag        | a #tag here            | true",
        "c++           | is c++ nice            | true",
        "c++           | c+ +                   | false",
        "🙂             | ok🙂                    | true",
      })
  void finds_words_and_patterns(String entry, String text, boolean expected) {
    String escaped = entry.replace("\\\\", "\\");

    assertThat(find(list(escaped), text.replace("\\t", "\t")) != 0).isEqualTo(expected);
  }

  /** Default_Ignorable_Code_Point of Unicode, by the samples that Java takes for letters, marks or nothing at all. */
  @ParameterizedTest
  @ValueSource(
      ints = {
        0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180D, 0x180E, 0x180F, 0x200B,
        0x200D, 0x202E, 0x2060, 0x2065, 0x206F, 0x3164, 0xFE0F, 0xFEFF, 0xFFA0, 0xFFF0, 0xFFF8,
        0x1BCA0, 0x1D173, 0xE0000, 0xE0041, 0xE0080, 0xE0100, 0xE01F0, 0xE0FFF
      })
  void sees_a_word_through_characters_that_no_reader_sees(int codePoint) {
    String unseen = Character.toString(codePoint);

    assertThat(find(list("kill"), "to ki" + unseen + "ll")).isEqualTo(1);
    assertThat(find(list("ki" + unseen + "ll"), "kill")).isEqualTo(1);
  }

  @Test
  void takes_the_next_line_of_old_terminals_for_white_space() {
    assertThat(find(list("kill"), "kill\u0085him")).isEqualTo(1);
    assertThat(find(list("credit card"), "credit\u0085card")).isEqualTo(1);
  }

  @Test
  void names_the_line_that_was_found() {
    WordList list = list("one", "two", "thr* *ee", "two", "f*r");

    assertThat(find(list, "nothing")).isZero();
    assertThat(find(list, "a two")).isEqualTo(2);
    assertThat(find(list, "three and tree")).isEqualTo(3);
    assertThat(find(list, "for far")).isEqualTo(5);
  }

  @Test
  void forgets_one_text_before_the_next() {
    WordSearch search = new WordSearch(list("a*b", "kill"));

    assertThat(find(search, "a ki")).isZero();
    assertThat(find(search, "ll b")).isZero();
    assertThat(find(search, "a b")).isEqualTo(1);
    assertThat(find(search, "b")).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "**", "\u200B", "a\\", "* \u200B*\\"})
  void refuses_what_is_no_entry(String entry) {
    assertThatThrownBy(() -> WordEntry.parse(1, entry))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("was expected");
  }

  @Test
  void refuses_an_entry_that_is_too_long_and_too_many_patterns() {
    assertThatThrownBy(() -> WordEntry.parse(1, "x".repeat(257)))
        .hasMessageContaining("at most 256 characters");
    String[] many = new String[513];
    for (int i = 0; i < many.length; i++) {
      many[i] = "a" + i + "*b" + i;
    }
    assertThatThrownBy(() -> list(many)).hasMessageContaining("at most 1024 pieces");
  }

  /** Against regular expressions, which are slow but plain. */
  @Test
  void agrees_with_an_oracle_on_random_lists_and_texts() {
    Random random = new Random(4);
    for (int round = 0; round < 20_000; round++) {
      String[] entries = new String[1 + random.nextInt(4)];
      for (int i = 0; i < entries.length; i++) {
        entries[i] = entry(random);
      }
      String text = letters(random, "ab 你-", 12);
      boolean expected = false;
      for (String entry : entries) {
        expected |= oracle(entry).matcher(text).find();
      }
      assertThat(find(list(entries), text) != 0)
          .as("%s in \"%s\"", List.of(entries), text)
          .isEqualTo(expected);
    }
  }

  private static String entry(Random random) {
    String entry;
    do {
      entry = letters(random, "ab*你-", 5).replaceAll("\\*+", "*");
    } while (entry.replace("*", "").isEmpty());
    return entry;
  }

  private static String letters(Random random, String alphabet, int most) {
    StringBuilder letters = new StringBuilder();
    int length = 1 + random.nextInt(most);
    for (int i = 0; i < length; i++) {
      letters.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return letters.toString().replaceAll(" +", " ");
  }

  private static Pattern oracle(String entry) {
    StringBuilder regex = new StringBuilder();
    if (entry.matches("[ab].*")) {
      regex.append("(?<![ab])");
    }
    regex.append(entry.replace("*", "[ab 你-]*"));
    if (entry.matches(".*[ab]")) {
      regex.append("(?![ab])");
    }
    return Pattern.compile(regex.toString());
  }

  /** No text makes the search slow: these are what make a naive one quadratic, or worse. */
  @ParameterizedTest
  @ValueSource(strings = {"a", "aab", "a b ", "a你"})
  void takes_time_linear_in_the_text(String piece) {
    String[] entries = new String[900];
    for (int i = 0; i < entries.length; i++) {
      entries[i] = i < 400 ? "*a*a" + i : "*" + "a".repeat(i % 200 + 1) + "b" + i;
    }
    WordList list = list(entries);
    StringBuilder text = new StringBuilder(4 << 20);
    while (text.length() < 4 << 20) {
      text.append(piece);
    }

    long began = System.nanoTime();
    int found = find(list, text.toString());

    assertThat(found).isZero();
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
  }

  /** In a document: values, no names, escapes undone, pictures left out. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":\"kill\"}                                   | true",
        "{\"kill\":\"a\"}                                   | false",
        "{\"kill\" : \"a\"}                                 | false",
        "[\"kill\"]                                         | true",
        "\"kill\"                                           | true",
        "{\"a\":{\"b\":[1,\"x\",\"KILL!\"]}}                | true",
        "{\"a\":\"ki\",\"b\":\"ll\"}                        | false",
        "{\"a\":\"\\u006b\\u0069ll\"}                       | true",
        "{\"a\":\"\\u4f60\\u597d\"}                         | true",
        "{\"a\":\"你\\u597d\"}                               | true",
        "{\"a\":\"\\ud83d\\ude42\"}                         | true",
        "{\"a\":\"x\\nkill\\ty\"}                           | true",
        "{\"a\":\"nkill\"}                                  | false",
        "{\"a\":\"\\\"kill\\\"\"}                           | true",
        "{\"a\":\"\\\\kill\"}                               | true",
        "{\"a\":\"data:image/png;base64,AA/kill/AA==\"}     | false",
        "{\"a\":\"data:image/png;base64,AA== kill\"}        | true",
        "{\"a\":\"data:;BASE64,kill\"}                      | false",
        "{\"a\":\"data: how to kill\"}                      | true",
        "{\"a\":\"data:text/plain,kill\"}                   | true",
        "{\"a\":\"x data:;base64,kill\"}                    | true",
        "{\"a\":\"data:;base64,AA\",\"b\":\"kill\"}         | true",
      })
  void reads_the_texts_of_a_document_split_at_every_byte(String json, boolean expected)
      throws IOException {
    WordList list = list("kill", "你好", "🙂");
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    for (int split = 1; split <= bytes.length; split++) {
      assertThat(JsonTexts.find(list, inPieces(bytes, split)) != 0)
          .as("pieces of %d bytes", split)
          .isEqualTo(expected);
    }
  }

  private static InputStream inPieces(byte[] bytes, int most) {
    return new ByteArrayInputStream(bytes) {
      @Override
      public synchronized int read(byte[] into, int offset, int length) {
        return super.read(into, offset, Math.min(length, most));
      }
    };
  }
}
