package io.ostiary.core;

import static io.ostiary.core.Replays.Verdict.FRESH;
import static io.ostiary.core.Replays.Verdict.REPLAYED;
import static io.ostiary.core.Replays.Verdict.TOO_OLD;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What has been signed is remembered as long as it could be sent again, or refused. */
class ReplaysTest {

  private static final long NOW = 1_795_000_000;
  private static final long AGE = 300;

  private static EasSignature signature(long number, long second) {
    byte[] code = ByteBuffer.allocate(20).putLong(number).array();
    return new EasSignature(code, new byte[0], "0", second);
  }

  @Test
  void tells_signatures_of_one_second_apart() {
    Replays replays = new Replays(1_000_000);
    SplittableRandom random = new SplittableRandom(1);
    long[] numbers = random.longs(20_000).toArray();
    for (long number : numbers) {
      assertThat(replays.judge(signature(number, NOW), NOW, AGE)).isEqualTo(FRESH);
    }
    assertThat(replays.size()).isEqualTo(20_000);
    for (long number : numbers) {
      assertThat(replays.judge(signature(number, NOW), NOW + 11, AGE)).isEqualTo(REPLAYED);
    }
  }

  @Test
  void forgets_what_is_too_old_to_be_sent_again() {
    Replays replays = new Replays(100);
    replays.judge(signature(1, NOW), NOW, AGE);
    assertThat(replays.judge(signature(2, NOW + 301), NOW + 301, AGE)).isEqualTo(FRESH);
    assertThat(replays.size()).isEqualTo(1);
    assertThat(replays.judge(signature(1, NOW), NOW + 301, AGE)).isEqualTo(TOO_OLD);
  }

  /** A wider window, or a clock that is set back, must not let in again what has been forgotten. */
  @Test
  void refuses_what_it_has_forgotten_whatever_the_clock_says() {
    Replays replays = new Replays(100);
    replays.judge(signature(1, NOW), NOW, AGE);
    replays.judge(signature(2, NOW + 301), NOW + 301, AGE);
    assertThat(replays.judge(signature(1, NOW), NOW, AGE)).isEqualTo(TOO_OLD);
    assertThat(replays.judge(signature(1, NOW), NOW + 400, 3600)).isEqualTo(TOO_OLD);
  }

  /** A clock that is set back by a minute is no minute in which everything may be sent again. */
  @Test
  void takes_nothing_again_by_a_clock_that_was_set_back() {
    Replays replays = new Replays(100);
    replays.judge(signature(1, NOW), NOW, AGE);
    assertThat(replays.judge(signature(1, NOW), NOW - 10, AGE)).isEqualTo(FRESH);
    assertThat(replays.judge(signature(1, NOW), NOW - 60, AGE)).isEqualTo(REPLAYED);
    assertThat(replays.judge(signature(2L << 40, NOW), NOW - 60, AGE)).isEqualTo(FRESH);
  }

  @Test
  void refuses_the_oldest_dates_when_there_are_too_many() {
    Replays replays = new Replays(100);
    for (int i = 0; i < 1000; i++) {
      assertThat(replays.judge(signature(i, NOW + i / 10), NOW + i / 10, AGE)).isEqualTo(FRESH);
      assertThat(replays.size()).isLessThanOrEqualTo(100);
    }
    long end = NOW + 99;
    for (int i = 0; i < 1000; i++) {
      assertThat(replays.judge(signature(i, NOW + i / 10), end + 11, AGE)).isIn(TOO_OLD, REPLAYED);
    }
  }

  @Test
  void remembers_first_use_to_the_second_at_both_ends_of_the_largest_window() {
    Replays replays = new Replays(100);
    for (long offset : new long[] {-3600, 3600}) {
      assertThat(replays.judge(signature(offset, NOW - offset), NOW, 3600)).isEqualTo(FRESH);
    }
    assertThat(replays.judge(signature(-3600, NOW + 3600), NOW + 10, 3600)).isEqualTo(FRESH);
    assertThat(replays.judge(signature(-3600, NOW + 3600), NOW + 11, 3600)).isEqualTo(REPLAYED);
  }
}
