package io.ostiary.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitTextTest {

  @Test
  void reads_each_kind_with_its_burst() {
    assertThat(LimitText.parse("qps 2, rpm 20 burst 5,tpm  20k"))
        .containsExactly(
            new Limit(Limit.Kind.QPS, 2, 2),
            new Limit(Limit.Kind.RPM, 20, 5),
            new Limit(Limit.Kind.TPM, 20_000, 20_000));
  }

  @Test
  void writes_what_it_reads() {
    assertThat(LimitText.write(LimitText.parse("qps 2, rpm 20 burst 5, tpm 20k, concurrent 4")))
        .isEqualTo("qps 2, rpm 20 burst 5, tpm 20000, concurrent 4");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''              | limits were expected",
        "rpm             | rpm 20 burst 5",
        "rpm twenty      | whole number",
        "rpm 0           | from 1 to 1000000000",
        "rpm 20 burst    | rpm 20 burst 5",
        "rpm 20 brst 5   | rpm 20 burst 5",
        "rpm 20 burst 0  | from 1 to 1000000000",
        "rmp 20          | did you mean \"rpm\"?",
        "rpm 20,         | qps or rpm or rpd or tpm or itpm or otpm or tpd or concurrent",
        "rpm 20, rpm 30  | rpm stands here twice",
        "concurrent 0    | from 1 to 1000000000",
        "concurrent 2 burst 3 | concurrent 20 or concurrent 20 observe",
      })
  void says_what_was_expected(String text, String expectation) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LimitText.parse(text))
        .withMessageContaining(expectation);
  }
}
