package io.ostiary.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {

  @ParameterizedTest
  @CsvSource({"1,1", "20k,20000", "2M,2000000", "1000000000,1000000000", "1000M,1000000000"})
  void reads_counts(String text, long count) {
    assertThat(Quantity.count(text, 1, 1_000_000_000)).isEqualTo(count);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "-1",
        "+1",
        "1.5k",
        "1K",
        "1m",
        "k",
        "1 k",
        "1001M",
        "1000000001",
        "٣",
        "99999999999999999999"
      })
  void refuses_other_counts(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Quantity.count(text, 1, 1_000_000_000))
        .withMessageContaining("from 1 to 1000000000");
  }

  @ParameterizedTest
  @CsvSource({"512B,512", "64KiB,65536", "4MiB,4194304", "1GiB,1073741824", "64GiB,68719476736"})
  void reads_sizes(String text, long bytes) {
    assertThat(Quantity.size(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "4", "0B", "4MB", "4mib", "4 MiB", "65GiB", "9999999999999GiB", "-4MiB"})
  void refuses_other_sizes(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Quantity.size(text))
        .withMessageContaining("4MiB");
  }

  @Test
  void reads_intervals() {
    assertThat(Quantity.interval("0")).isEqualTo(Duration.ZERO);
    assertThat(Quantity.interval("500ms")).isEqualTo(Duration.ofMillis(500));
    assertThat(Quantity.interval("1s")).isEqualTo(Duration.ofSeconds(1));
    assertThat(Quantity.interval("2m")).isEqualTo(Duration.ofMinutes(2));
    assertThat(Quantity.interval("24h")).isEqualTo(Duration.ofDays(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "0s", "9ms", "25h", "1 s", "1d", "s"})
  void refuses_other_intervals(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Quantity.interval(text))
        .withMessageContaining("500ms");
  }
}
