package io.ostiary.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The part of {@link EssentialContract} that holds on old releases of servers too: who may call what, also where the app sends a call on. */
public interface GuardingContract extends KeyContract, SentOnContract {

  @Override
  ServerProcess server();

  @Override
  boolean judgesBeforeContinue();

  @Override
  boolean hearsTheHeadAlone();

  /**
   * Whether the server calls servlets that say nothing of being asynchronous with a request in a wrapper. Jetty 9.4.21 takes any
   * request for its own then, and no app of it can have wrappers (jetty #4141).
   */
  default boolean wrapsForSynchronousServlets() {
    return true;
  }

  /** Pitfall 52. */
  @Test
  default void a_servlet_that_is_not_asynchronous_is_called() throws IOException {
    Ask ask = Ask.get("/text/synchronous?type=application/json&by=setContentType&via=writer");
    Answer answer = ask(ask.key("acme"));
    if (wrapsForSynchronousServlets()) {
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text()).isEqualTo("你好🙂");
    } else {
      assertThat(answer.status()).isEqualTo(500);
      assertThat(server().outputWith("ClassCastException")).contains("ClassCastException");
    }
  }
}
