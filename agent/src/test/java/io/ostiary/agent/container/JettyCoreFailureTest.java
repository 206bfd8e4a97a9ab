package io.ostiary.agent.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JettyCoreFailureTest {

  private final JettyCoreFailure failure = new JettyCoreFailure();
  private final List<Throwable> told = new ArrayList<>();
  private final IOException reset = new IOException("the stream was reset");

  /** Jetty tells its listeners once, and no later one: the call would keep its worker for as long as the app likes. */
  @Test
  void is_told_to_who_begins_to_listen_after_it() {
    failure.accept(reset);
    failure.tells(told::add);

    assertThat(told).containsExactly(reset);
  }

  @Test
  void is_told_once_to_who_has_listened_before_it() {
    failure.tells(told::add);
    assertThat(told).isEmpty();
    failure.accept(reset);

    assertThat(told).containsExactly(reset);
  }
}
