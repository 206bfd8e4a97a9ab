package io.ostiary.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which members an error of a dialect has, as its envelope shows. */
class EnvelopeMembersTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "{\"error\":{\"message\":{message},\"param\":null,\"code\":{code}}} ~ error.message error.param error.code",
        "{\"type\":\"error\",\"error\":{\"type\":{type}},\"request_id\":{request_id}} ~ type error.type",
        "{\"a\":{\"b\":{\"c\":{x}},\"d\":1},\"e\\u0066\":{y}} ~ a.b.c a.d ef",
        "{} ~ ''",
      })
  void are_those_with_values_of_their_own(String envelope, String expected) {
    assertThat(String.join(" ", EnvelopeMembers.of(Template.of(envelope)))).isEqualTo(expected);
  }
}
