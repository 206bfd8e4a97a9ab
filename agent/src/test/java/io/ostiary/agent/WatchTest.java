package io.ostiary.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pitfall 6: a look decides whether the JVM goes on. */
class WatchTest {

  private static boolean carries(Boolean... looks) throws Exception {
    Iterator<Boolean> each = List.of(looks).iterator();
    boolean carries = Watch.carries(each::next, 1);
    assertThat(each).isExhausted();
    return carries;
  }

  @Test
  void a_class_that_is_being_transformed_just_now_is_not_taken_for_one_without_a_hook()
      throws Exception {
    assertThat(carries(true)).isTrue();
    assertThat(carries(false, true)).isTrue();
    assertThat(carries(false, false, true)).isTrue();
  }

  @Test
  void a_class_that_stays_without_a_hook_is_found() throws Exception {
    assertThat(carries(false, false, false)).isFalse();
  }
}
