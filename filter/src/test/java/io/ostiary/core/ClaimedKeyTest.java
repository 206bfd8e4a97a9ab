package io.ostiary.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that says of itself whose key it has, in whatever spelling an app might take for the guard's word. */
class ClaimedKeyTest {

  private final GuardedService service =
      new GuardedService(
          "key.tell = yes\nroute.chat.paths = /v1/**\nroute.chat.model = none\nkey.k.sha256 = "
              + Policies.sha256("sk-k")
              + "\n");

  /** CGI knows no difference between them. */
  @ParameterizedTest
  @ValueSource(strings = {"X-Ostiary-Key", "X_Ostiary_Key", "X-OSTIARY_KEY", "x_ostiary-key"})
  void says_nothing_to_the_app(String header) {
    Veil keyed = service.admit(Request.get("/v1/x").key("sk-k").header(header, "root")).veil();
    assertThat(keyed.covers(header)).isTrue();
    assertThat(keyed.value("X-Ostiary-Key")).isEqualTo("k");
    assertThat(service.admit(Request.get("/aside").header(header, "root")).veil().covers(header))
        .isTrue();
    assertThat(
            service.refusal(
                Request.get("/aside").header(header, "root").header("Upgrade", "websocket")))
        .isEqualTo(Reason.KEY_MALFORMED);
  }
}
