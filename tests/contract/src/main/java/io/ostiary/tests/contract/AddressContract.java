package io.ostiary.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose word a call's address is where the server itself believes forwarding headers: A2. */
interface AddressContract extends Guarded {

  /** A server that takes a client's address from {@code X-Forwarded-For}, before a guard that trusts no proxy. */
  ServerProcess readdressedServer() throws IOException;

  /** A server with filters that give the app the forwarded address, before a guard that trusts the loopback. */
  ServerProcess filteredServer() throws IOException;

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

  /** A2: such filters wrap the request, and some hide the header; the guard asks the container's own. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "203.0.113.10               | 200",
        "203.0.113.10, 127.0.0.1    | 200",
        "203.0.113.10, 198.51.100.7 | 401",
        "198.51.100.7, 203.0.113.10 | 200",
        "garbage                    | 400",
        "                           | 401",
      })
  default void a_filter_that_hands_on_the_forwarded_address_changes_nothing(
      String forwarded, int status) throws IOException {
    Ask ask = Ask.get("/small/x").key("away");
    ask = forwarded == null ? ask : ask.header("X-Forwarded-For", forwarded);
    assertThat(ask(filteredServer(), ask).status()).isEqualTo(status);
  }
}
