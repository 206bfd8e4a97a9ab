package io.ostiary.core;

import static io.ostiary.core.AnswerFixture.counts;
import static io.ostiary.core.AnswerFixture.give;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** R8, pitfall 40: every shape of answer gives the same counts, however its lines end and wherever its bytes are cut. */
class AnswerFixtureTest {

  static List<AnswerFixture> fixtures() {
    return AnswerFixture.all();
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void tells_its_tokens_and_its_text(AnswerFixture fixture) {
    byte[] answer = fixture.bytes();
    AnswerUsage usage = fixture.usage();

    assertThat(give(usage, answer, 0, answer.length)).isEqualTo(answer.length);
    usage.finish();

    assertThat(counts(usage)).isEqualTo(fixture.expected());
    assertThat(usage.bytesSeen()).isEqualTo(answer.length);
    assertThat(usage.isStream()).isNotEqualTo(fixture.file().endsWith(".json"));
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void tells_the_same_cut_at_every_byte(AnswerFixture fixture) {
    for (byte[] answer : fixture.inAllLineEnds()) {
      for (int cut = 0; cut <= answer.length; cut++) {
        AnswerUsage usage = fixture.usage();
        give(usage, answer, 0, cut);
        give(usage, answer, cut, answer.length);
        usage.finish();
        assertThat(counts(usage)).as("cut at %d", cut).isEqualTo(fixture.expected());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void tells_the_same_byte_by_byte(AnswerFixture fixture) {
    for (byte[] answer : fixture.inAllLineEnds()) {
      AnswerUsage usage = fixture.usage();
      for (int i = 0; i < answer.length; i++) {
        give(usage, answer, i, i + 1);
      }
      usage.finish();
      assertThat(counts(usage)).isEqualTo(fixture.expected());
    }
  }
}
