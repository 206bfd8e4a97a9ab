package io.ostiary.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {"qwen-max|qwen-max", "a\"b|a\\\"b", "a\\b|a\\\\b", "a/b|a/b", "你好🙂|你好🙂", "é|é"})
  void escapes_only_what_must_be(String text, String escaped) {
    assertThat(JsonText.escape(text)).isEqualTo(escaped);
    assertThat(JsonText.bytes(text)).isEqualTo(escaped.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void escapes_control_characters() {
    assertThat(JsonText.escape("\u0000\b\t\n\f\r\u001f\u007f"))
        .isEqualTo("\\u0000\\b\\t\\n\\f\\r\\u001f\u007f");
  }

  @Test
  void replaces_halves_of_pairs() {
    assertThat(JsonText.escape("\ud83d")).isEqualTo("\ufffd");
    assertThat(JsonText.escape("\ude42\ud83d")).isEqualTo("\ufffd\ufffd");
    assertThat(JsonText.escape("\ud83d\ud83d\ude42x")).isEqualTo("\ufffd🙂x");
    assertThat(new String(JsonText.bytes("a\ud83d"), StandardCharsets.UTF_8)).isEqualTo("a\ufffd");
  }

  @Test
  void another_parser_reads_back_every_character() throws IOException {
    for (char c = 0; c < Character.MAX_VALUE; c++) {
      if (!Character.isSurrogate(c)) {
        assertThat(readBack("<" + c + ">")).isEqualTo("<" + c + ">");
      }
    }
  }

  @Test
  void another_parser_reads_back_any_text() throws IOException {
    Random random = new Random(20261121);
    for (int i = 0; i < 2_000; i++) {
      int[] points =
          random
              .ints(random.nextInt(20), 0, 0x110000)
              .filter(p -> p < 0xd800 || p > 0xdfff)
              .toArray();
      String text = new String(points, 0, points.length);
      assertThat(readBack(text)).isEqualTo(text);
    }
  }

  private static String readBack(String text) throws IOException {
    String json = '"' + new String(JsonText.bytes(text), StandardCharsets.UTF_8) + '"';
    try (JsonParser parser =
        new JsonFactory().createParser(json.getBytes(StandardCharsets.UTF_8))) {
      parser.nextToken();
      return parser.getText();
    }
  }
}
