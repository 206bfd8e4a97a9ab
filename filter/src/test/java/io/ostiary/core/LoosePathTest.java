package io.ostiary.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoosePathTest {

  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      textBlock =
          """
          /V1/Chat,/v1/chat
          /v1/chat/,/v1/chat
          /v1/chat//,/v1/chat
          /v1/chat.,/v1/chat
          /v1./chat .. ,/v1/chat
          / v1/ chat,/v1/chat
          /v1/chat/. ,/v1/chat
          /,''
          /v1/.hidden/a.b,/v1/.hidden/a.b
          /a//b,/a//b
          /Été/你好,/été/你好
          """)
  void drops_what_an_app_may_overlook(String path, String loose) {
    assertThat(LoosePath.fold(path)).isEqualTo(loose);
  }

  @Test
  void drops_control_characters_at_the_edges_of_a_segment() {
    assertThat(LoosePath.fold("/v1/chat\n\t\u007f\0")).isEqualTo("/v1/chat");
    assertThat(LoosePath.fold("/v1/\rchat")).isEqualTo("/v1/chat");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/v1/chat/completions", "/v1/models/qwen2.5-72b", "/a b/你好"})
  void returns_the_same_string_if_there_is_nothing_to_drop(String path) {
    assertThat(LoosePath.fold(path)).isSameAs(path);
  }

  @Test
  void takes_all_characters_for_equal_that_java_compares_as_equal_ignoring_case() {
    for (int c = 0x21; c <= Character.MAX_VALUE; c++) {
      String one = "/" + (char) c + "x";
      String upper = "/" + Character.toUpperCase((char) c) + "x";
      String lower = "/" + Character.toLowerCase((char) c) + "x";

      assertThat(LoosePath.fold(upper)).isEqualTo(LoosePath.fold(one));
      assertThat(LoosePath.fold(lower)).isEqualTo(LoosePath.fold(one));
      assertThat(LoosePath.fold(LoosePath.fold(one))).isEqualTo(LoosePath.fold(one));
    }
  }
}
