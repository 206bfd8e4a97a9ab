package io.ostiary.agent.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HooksTest {

  @Test
  void let_nothing_through_when_nobody_stands_behind_them() {
    assertThatThrownBy(() -> Hooks.refuses(String.class, "request", "response", null))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> Hooks.enter(String.class, "request", "response", null))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void leave_a_call_as_it_is_without_a_passage() {
    assertThat(Hooks.isRefused(null)).isFalse();
    assertThat(Hooks.request(null, "request")).isEqualTo("request");
    assertThat(Hooks.response(null, "response")).isEqualTo("response");
    Hooks.leave(null, null);
  }
}
