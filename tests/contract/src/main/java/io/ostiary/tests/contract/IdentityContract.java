package io.ostiary.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the app sees of who calls, and what guessing costs: K4, K6, K8. */
interface IdentityContract extends Guarded {

  /** A server whose app is spared the keys, and told whose they are. */
  ServerProcess veiledServer() throws IOException;

  private Answer askVeiled(Ask ask) throws IOException {
    return ask(veiledServer(), ask);
  }

  /** K6: by no accessor. */
  @ParameterizedTest
  @CsvSource({"Authorization, Bearer", "x-api-key, ''", "API-Key, ''"})
  default void the_app_is_told_whose_key_came_and_not_the_key(String header, String scheme)
      throws IOException {
    Answer answer =
        askVeiled(
            Ask.get("/head/x?a=1")
                .header(header, (scheme + " " + Keys.secretOf("acme")).strip())
                .header("X-Ostiary-Key", "root")
                .header("x-ostiary-key", "admin"));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text())
        .contains(
            "name host\n",
            "name x-ostiary-key\n",
            "X-Ostiary-Key=acme\n",
            "x-ostiary-key=acme\n",
            "X-Ostiary-Keys=[acme]\n",
            "Authorization=null\n",
            "Authorizations=[]\n",
            "x-api-key=null\n",
            "API-KEY=null\n",
            "query=a=1\n",
            "one a=1\n")
        .doesNotContain("root", "admin", "name authorization", "name x-api-key", "name api-key");
  }

  /** K6: a key in the query is one only where the policy says so, and not for the app. */
  @Test
  default void a_key_may_come_in_the_query_and_stays_there() throws IOException {
    Answer answer =
        askVeiled(
            Ask.of("POST", "/head/x?a=1&api_key=" + Keys.secretOf("acme") + "&a=2")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .body("api_key=of-the-form&b=3"));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text())
        .contains("query=a=1&a=2\n", "map a=[1, 2]\n", "map api_key=[of-the-form]\n")
        .contains("api_key=of-the-form\n", "one b=3\n", "X-Ostiary-Key=acme\n");
    assertThat(ask(Ask.get("/small/x?api_key=" + Keys.secretOf("acme"))).status()).isEqualTo(400);
  }

  /** K6: an app may send a call on with a parameter of its own that has the name of the key's. */
  @Test
  default void a_key_of_the_query_is_hidden_where_the_app_forwards_its_own() throws IOException {
    Ask ask = Ask.get("/head/x?a=1&api_key=" + Keys.secretOf("acme"));
    Answer answer = askVeiled(ask.header("X-Forward", "/head/y?api_key=own"));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text())
        .contains("map api_key=[own]\n", "api_key=own\n", "X-Ostiary-Key=acme\n")
        .doesNotContain(Keys.secretOf("acme"));
  }

  /** K6: what is hidden on the open path is not there for the guarded one, where the call may therefore be refused. */
  @Test
  default void a_key_of_the_query_is_hidden_where_the_app_sends_the_call_on() throws IOException {
    Ask ask = Ask.get("/open/head/x?a=1&api_key=" + Keys.secretOf("acme"));
    Answer answer = askVeiled(ask.header("X-Forward", "/head/y?b=2"));
    assertThat(answer.status()).isIn(200, 401);
    assertThat(answer.text()).doesNotContain(Keys.secretOf("acme"));
  }

  /** K6: a client may ask for an upgrade that nobody makes. */
  @Test
  default void a_key_beside_an_upgrade_is_hidden_too() throws IOException {
    Answer answer =
        askVeiled(
            Ask.get("/head/x")
                .key("acme")
                .header("Connection", "Upgrade")
                .header("Upgrade", "websocket"));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text())
        .contains("Authorization=null\n", "X-Ostiary-Key=acme\n", "name upgrade\n");
  }

  /** K6. */
  @Test
  default void refuses_another_key_in_the_query_than_in_a_header() throws IOException {
    Ask ask = Ask.get("/head/x?api_key=" + Keys.secretOf("leaving")).key("acme");
    assertThat(askVeiled(ask).status()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/open/head/x", "/aside/x"})
  default void a_claim_to_be_somebody_reaches_the_app_on_no_path(String path) throws IOException {
    Answer answer =
        askVeiled(
            Ask.get(path)
                .header("X-OSTIARY-KEY", "root")
                .header("Authorization", "Basic YXBwOm93bg=="));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text())
        .contains("X-Ostiary-Key=null\n", "X-Ostiary-Keys=[]\n")
        .contains("Authorization=Basic YXBwOm93bg==\n")
        .doesNotContain("root", "name x-ostiary-key");
  }

  @Test
  default void a_known_key_is_kept_from_the_app_where_none_is_needed() throws IOException {
    Answer answer = askVeiled(Ask.get("/open/head/x").key("acme"));
    assertThat(answer.text()).contains("Authorization=null\n", "X-Ostiary-Key=null\n");
  }

  /** An error page is given the container's own request. */
  @ParameterizedTest
  @CsvSource({
    "/head/fail,      Bearer, acme, null",
    "/open/head/fail, Bearer, null, null",
    "/aside/fail,     Basic,  null, Basic x",
  })
  default void an_error_page_sees_no_more_than_the_app(
      String path, String scheme, String claimed, String carried) throws IOException {
    String credential = scheme.equals("Basic") ? "Basic x" : "Bearer " + Keys.secretOf("acme");
    Ask ask = Ask.get(path).header("X-Tell-Head", "yes").header("X-Ostiary-Key", "root");
    Answer answer = askVeiled(ask.header("Authorization", credential));
    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.header("X-Claimed")).isEqualTo(claimed);
    assertThat(answer.header("X-Carried")).isEqualTo(carried);
  }

  /** Containers show the head of such a request to the app past every wrapper. */
  @ParameterizedTest
  @ValueSource(strings = {"/head/x", "/open/head/x", "/aside/x"})
  default void a_claim_beside_an_upgrade_is_refused(String path) throws IOException {
    Ask ask =
        Ask.get(path)
            .key("acme")
            .header("Connection", "Upgrade")
            .header("Upgrade", "websocket")
            .header("X-Ostiary-Key", "root");
    assertThat(askVeiled(ask).status()).isEqualTo(401);
  }

  /** K8, H1: whoever has guessed too often is not heard for a while, whatever key he has found by then. */
  @Test
  default void guessing_keys_costs() throws IOException {
    for (int i = 0; i < 3; i++) {
      assertThat(askVeiled(from("198.51.100.1", "guess-" + i)).status()).isEqualTo(401);
    }
    Answer refused = askVeiled(from("198.51.100.1", "acme"));
    assertThat(refused.status()).isEqualTo(429);
    assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 10);
    assertThat(refused.text()).contains("rate_limit_exceeded").doesNotContain("198.51.100.1");
    assertThat(askVeiled(from("198.51.100.2", "acme")).status()).isEqualTo(200);
  }

  private static Ask from(String address, String key) {
    return Ask.get("/head/x").key(key).header("X-Forwarded-For", address);
  }

  /** K4: deleted from the file, refused within a second; on a machine that is busy, in the best of a few trials. */
  @Test
  default void a_deleted_key_is_refused_within_a_second() throws IOException {
    String policy = Files.readString(veiledServer().policy());
    long best = Long.MAX_VALUE;
    for (int trial = 0; trial < 5 && best > TimeUnit.SECONDS.toNanos(1); trial++) {
      askUntilLeavingIs(200);
      Files.writeString(
          veiledServer().policy(), policy.replaceAll("(?m)^key\\.leaving.*$", "# " + trial));
      best = Math.min(best, askUntilLeavingIs(401));
      assertThat(askVeiled(from("198.51.100.4", "acme")).status()).isEqualTo(200);
      Files.writeString(veiledServer().policy(), policy);
    }
    assertThat(best).isLessThanOrEqualTo(TimeUnit.SECONDS.toNanos(1));
    askUntilLeavingIs(200);
  }

  /** Answers how long that took, in nanoseconds. */
  private long askUntilLeavingIs(int status) throws IOException {
    long start = System.nanoTime();
    int found = askVeiled(fromAnywhere()).status();
    while (found != status && System.nanoTime() - start < TimeUnit.SECONDS.toNanos(10)) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      found = askVeiled(fromAnywhere()).status();
    }
    assertThat(found).isEqualTo(status);
    return System.nanoTime() - start;
  }

  /** From a network of its own each time: whoever has a wrong key is soon not heard any more. */
  private static Ask fromAnywhere() {
    long now = System.nanoTime();
    String network = "%x:%x".formatted(now >>> 32 & 0xffff, now >>> 16 & 0xffff);
    return from("2001:db8:" + network + "::1", "leaving");
  }
}
