package io.ostiary.core;

import static io.ostiary.core.Replays.Verdict.FRESH;
import static io.ostiary.core.Replays.Verdict.REPLAYED;
import static io.ostiary.core.Replays.Verdict.TOO_OLD;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** K6: what one key has signed is remembered at the cost of nobody else. */
class CallerMemoryTest {

  private static final long NOW = 1_795_000_000;
  private static final long AGE = 300;

  private final CallerMemory memory = new CallerMemory(() -> 0, 1, new SilentLog(), 1000);

  private Replays.Verdict judge(String tag, long number, long second) {
    byte[] code = ByteBuffer.allocate(20).putLong(number * 0x9e3779b97f4a7c15L).array();
    EasSignature signature = new EasSignature(code, new byte[0], "0", second);
    return Objects.requireNonNull(memory.replays(tag)).judge(signature, NOW, AGE);
  }

  private void fill(String tag, long second) {
    for (int i = 0; i < 5000; i++) {
      judge(tag, i, second - i % 100);
    }
  }

  @Test
  void a_key_that_signs_dates_yet_to_come_makes_no_call_of_another_too_old() {
    memory.share(Set.of("greedy", "modest"));
    fill("greedy", NOW + AGE);

    assertThat(judge("greedy", -1, NOW)).isEqualTo(TOO_OLD);
    assertThat(judge("modest", -1, NOW)).isEqualTo(FRESH);
    assertThat(judge("modest", -2, NOW - AGE)).isEqualTo(FRESH);
  }

  @Test
  void all_keys_together_have_so_much_and_no_more() {
    Set<String> tags = Set.of("a", "b", "c");
    memory.share(tags);
    tags.forEach(tag -> fill(tag, NOW));

    assertThat(tags).allMatch(tag -> Objects.requireNonNull(memory.replays(tag)).size() <= 333);
    assertThat(memory.replays("unsigned")).isNull();
  }

  @Test
  void what_no_longer_fits_when_another_key_comes_is_refused_and_not_forgotten() {
    memory.share(Set.of("a"));
    for (int i = 0; i < 900; i++) {
      assertThat(judge("a", i, NOW - i % 90)).isEqualTo(FRESH);
    }
    memory.share(Set.of("a", "b"));

    assertThat(Objects.requireNonNull(memory.replays("a")).size()).isBetween(400, 500);
    assertThat(judge("a", 9_999, NOW - 89)).isEqualTo(TOO_OLD);
    assertThat(judge("a", 9_999, NOW)).isEqualTo(FRESH);
  }

  @Test
  void a_key_that_was_out_of_the_file_for_a_while_takes_nothing_that_it_took_before() {
    memory.share(Set.of("a"));
    judge("a", 1, NOW);
    memory.share(Set.of("b"));
    memory.share(Set.of("a", "b"));

    assertThat(judge("a", 1, NOW)).isIn(TOO_OLD, REPLAYED);
    assertThat(judge("a", 2, NOW + 1)).isEqualTo(FRESH);
  }
}
