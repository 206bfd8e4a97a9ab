package io.ostiary.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * E2: bytes that the server cannot read as a request, and which are mostly no path's. Only the agent sees them; Tomcat can at times
 * tell it the path.
 */
interface UnreadContract extends Guarded {

  /** As {@link ErrorContract} says. */
  boolean comesAfterTheAppsFilters();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /trouble/x HTTP/1.1 and secret\r\nHost: localhost\r\n\r\n",
        "GET /trouble/x HTTP/7.0\r\nHost: localhost\r\n\r\n",
        "GE\u0001T /trouble/secret HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "secret\r\n\r\n",
        "GET /trouble/x HTTP/1.1\r\nx-secret: secret\r\n\r\n",
        "GET /trouble/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: secret\r\n\r\n",
        "GET /trouble/x HTTP/1.1\r\nHost: localhost\r\nx-secret: 0..10000\r\n\r\n",
        "GET /trouble/x?secret=0..10000 HTTP/1.1\r\nHost: localhost\r\n\r\n",
      })
  default void a_request_that_cannot_be_read_is_told_in_the_dialect(String bytes)
      throws IOException {
    if (comesAfterTheAppsFilters()) {
      return;
    }
    try (Wire wire = connect()) {
      String sent = bytes.replace("0..10000", "x".repeat(10_000));
      wire.sendWhileTaken(sent.getBytes(StandardCharsets.ISO_8859_1));
      Answer answer = wire.answer();

      assertThat(answer.status()).isIn(400, 414, 431, 505);
      assertThat(answer.type()).isEqualTo("application/json;charset=utf-8");
      assertThat(answer.text()).startsWith("{\"error\":{\"message\":\"").endsWith("}}");
      assertThat(answer.header("x-request-id")).startsWith("req_");
      assertThat(answer.headers("Content-Length")).containsExactly("" + answer.body().length);
      if (!bytes.contains("HTTP/7.0")) {
        // To another version Tomcat does not say it.
        assertThat(answer.headers("Connection")).containsExactly("close");
      }
      assertThat(answer.toString()).doesNotContain("secret", "<h1", "<html", "\tat ");
      assertThat(wire.isClosedByServer()).isTrue();
    }
  }
}
