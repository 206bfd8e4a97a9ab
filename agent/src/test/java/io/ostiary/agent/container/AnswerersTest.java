package io.ostiary.agent.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AnswerersTest {

  private long now;
  private HandlerKind there = HandlerKind.SERVLETS;
  private final AtomicInteger walks = new AtomicInteger();
  private final Answerers answerers = new Answerers(() -> now);

  private HandlerKind of(String server) throws ReflectiveOperationException {
    return answerers.of(
        server,
        any -> {
          walks.incrementAndGet();
          return there;
        });
  }

  @Test
  void a_tree_is_walked_once_in_a_moment() throws Exception {
    assertThat(of("a")).isEqualTo(HandlerKind.SERVLETS);
    now += Answerers.MOMENT - 1;
    assertThat(of("a")).isEqualTo(HandlerKind.SERVLETS);

    assertThat(walks).hasValue(1);
  }

  @Test
  void a_handler_that_was_deployed_since_is_seen_after_it() throws Exception {
    assertThat(of("a")).isEqualTo(HandlerKind.SERVLETS);
    there = HandlerKind.ANSWERS;
    now += Answerers.MOMENT;

    assertThat(of("a")).isEqualTo(HandlerKind.ANSWERS);
  }

  @Test
  void one_server_is_not_taken_for_another() throws Exception {
    assertThat(of("a")).isEqualTo(HandlerKind.SERVLETS);
    there = HandlerKind.ANSWERS;

    assertThat(of("b")).isEqualTo(HandlerKind.ANSWERS);
  }
}
