package io.ostiary.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.ostiary.core.QueryString.Parameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A6: a model in the query is the one that the server reads, or none. */
class QueryStringTest {

  @ParameterizedTest
  @CsvSource(
      value = {
        "model=a | a",
        "x=1&model=a&y=2 | a",
        "mod%65l=qwen%2Dmax | qwen-max",
        "model=%e4%bd%a0 | 你",
        "model=a+b=c | a b=c",
        "model=a&model=%61 | a",
        "&&model=a& | a"
      },
      delimiter = '|')
  void finds_the_value(String query, String value) {
    assertThat(QueryString.parameter(query, "model")).isEqualTo(new Parameter.One(value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"model", "model=", "x&model"})
  void finds_an_empty_value(String query) {
    assertThat(QueryString.parameter(query, "model")).isEqualTo(new Parameter.One(""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x=model", "models=a", "mode=a", "mod%656=a", "=a", "x=%zz"})
  void finds_nothing(String query) {
    assertThat(QueryString.parameter(query, "model")).isEqualTo(Parameter.Unclear.ABSENT);
  }

  @Test
  void finds_nothing_without_a_query() {
    assertThat(QueryString.parameter(null, "model")).isEqualTo(Parameter.Unclear.ABSENT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "model=a&model=b",
        "Model=a",
        "model=a&MOD%65L=a",
        "mod%u0065l=a",
        "mod%6=a",
        "%=model=a",
        "model=a&mod%65l=b",
        "model=a&model",
        "model=a&model=b&model=a",
        "model=%zz",
        "model=100%",
        "model=%c0%af",
        "model=%ff",
        "model=é"
      })
  void finds_a_value_ambiguous_that_servers_would_read_differently(String query) {
    assertThat(QueryString.parameter(query, "model")).isEqualTo(Parameter.Unclear.AMBIGUOUS);
  }

  @Test
  void finds_a_name_with_a_space() {
    assertThat(QueryString.parameter("a+b=1", "a b")).isEqualTo(new Parameter.One("1"));
  }
}
