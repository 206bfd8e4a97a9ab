package io.ostiary.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Whose word a call's address is where the server itself believes forwarding headers: A2. */
interface AddressContract extends Guarded {

  /** A server that takes a client's address from {@code X-Forwarded-For}, before a guard that trusts no proxy. */
  ServerProcess readdressedServer() throws IOException;

  /** Whether the guard stands where the socket can be seen. */
  boolean seesSockets();

  /** A2, servlet-pitfalls 24. */
  @Test
  default void the_socket_counts_or_the_operator_is_told_that_it_cannot() throws IOException {
    ServerProcess server = readdressedServer();
    Ask forged = Ask.get("/small/x").key("away").header("X-Forwarded-For", "203.0.113.10");
    Answer answer = ask(server, forged);
    String told = "ADDRESSES ARE NOT THOSE OF SOCKETS";
    if (seesSockets()) {
      assertThat(answer.status()).isEqualTo(401);
      assertThat(server.output()).doesNotContain(told);
    } else {
      assertThat(answer.status()).isEqualTo(200);
      assertThat(server.outputWith(told)).containsOnlyOnce(told);
      ask(server, forged);
      assertThat(server.output()).containsOnlyOnce(told);
    }
    assertThat(ask(server, Ask.get("/small/x").key("away")).status()).isEqualTo(401);
  }
}
