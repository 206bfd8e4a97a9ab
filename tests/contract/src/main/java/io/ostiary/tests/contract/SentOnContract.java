package io.ostiary.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A6: a path that nobody guards is no way round the guard, if the app sends on from it what comes there. */
interface SentOnContract extends Guarded {

  @ParameterizedTest
  @ValueSource(strings = {"forward", "include", "async", "async-twice"})
  default void an_open_path_that_leads_inside_needs_a_key(String way) throws IOException {
    Answer answer = ask(asked(way, "qwen-max"));
    assertThat(answer.text()).contains("ModelArts.81002").doesNotContain("你好🙂");
  }

  @ParameterizedTest
  @ValueSource(strings = {"forward", "include", "async", "async-twice"})
  default void a_call_that_is_sent_on_is_judged_by_its_body(String way) throws IOException {
    assertThat(ask(asked(way, "qwen-max").key("acme")).text()).contains("你好🙂");
    assertThat(ask(asked(way, "qwen-max").key("narrow")).text())
        .contains("ModelArts.81015")
        .doesNotContain("你好🙂");
  }

  private static Ask asked(String way, String model) {
    return Ask.of("POST", "/aside/dispatch/" + way).json("{\"model\":\"" + model + "\"}");
  }
}
