package io.ostiary.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonGrammarTest {

  private static final String RICH =
      "{\"a\":[1,-0.5e+3,{\"b\":null}],\"c\\u00e9\\n\":\"\\\"x\\\\\",\"t\":true,\"f\":false,\"e\":{},\"l\":[]}";

  @ParameterizedTest
  @ValueSource(strings = {"{}", " { } ", "{\"a\":0}", "{\"a\" : [ ] , \"b\":1E9}", RICH})
  void takes_an_object(String text) {
    assertThat(JsonGrammar.isObject(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "\"a\"",
        "null",
        "{",
        "{}}",
        "{} {}",
        "{a:1}",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{,}",
        "{\"a\":01}",
        "{\"a\":1.}",
        "{\"a\":.5}",
        "{\"a\":+1}",
        "{\"a\":-}",
        "{\"a\":1e}",
        "{\"a\":tru}",
        "{\"a\":[1,]}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12\"}",
        "{\"a\":\"\n\"}",
        "{\"a\":\"\\",
        "{\"a\":'b'}",
        "{null:1}",
        "{\"a\":\"\\u00fg\"}",
      })
  void takes_nothing_else(String text) {
    assertThat(JsonGrammar.isObject(text)).isFalse();
  }

  @Test
  void takes_no_abyss() {
    assertThat(JsonGrammar.isObject("{\"a\":".repeat(31) + "{}" + "}".repeat(31))).isTrue();
    assertThat(JsonGrammar.isObject("{\"a\":".repeat(100_000) + "{}" + "}".repeat(100_000)))
        .isFalse();
  }

  @Test
  void agrees_with_another_parser_on_damaged_documents() {
    Random random = new Random(20261121);
    String pieces = "{}[]\",:\\ue019.+-tfn \n";
    for (int i = 0; i < 50_000; i++) {
      StringBuilder text = new StringBuilder(RICH);
      for (int damage = random.nextInt(3); damage >= 0; damage--) {
        int at = random.nextInt(text.length());
        String piece = String.valueOf(pieces.charAt(random.nextInt(pieces.length())));
        text.replace(at, at + random.nextInt(2), random.nextBoolean() ? piece : "");
      }
      assertThat(JsonGrammar.isObject(text.toString()))
          .as("%s", text)
          .isEqualTo(jacksonTakes(text.toString()));
    }
  }

  private static boolean jacksonTakes(String text) {
    try (JsonParser parser = new JsonFactory().createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      parser.skipChildren();
      return parser.nextToken() == null;
    } catch (IOException e) {
      return false;
    }
  }
}
