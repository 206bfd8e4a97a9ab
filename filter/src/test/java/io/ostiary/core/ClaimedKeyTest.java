package io.ostiary.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that says of itself whose key it has, in whatever spelling an app might take for the guard's word. */
class ClaimedKeyTest {

  private final GuardedService service = new GuardedService(policy("mode = enforce"));

  private static String policy(String more) {
    return "key.tell = yes\nroute.chat.paths = /v1/**\nroute.chat.model = none\nkey.k.sha256 = "
        + Policies.sha256("sk-k")
        + "\n"
        + more
        + "\n";
  }

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

  /** Also where nothing is judged, and where nothing is refused. */
  @ParameterizedTest
  @ValueSource(strings = {"off", "observe"})
  void says_nothing_to_the_app_in_any_mode(String mode) {
    service.reload(policy("mode = " + mode));
    for (String path : new String[] {"/v1/x", "/aside"}) {
      Veil veil = service.admit(Request.get(path).header("X-Ostiary-Key", "root")).veil();
      assertThat(veil.covers("x-ostiary-key")).isTrue();
      assertThat(veil.value("X-Ostiary-Key")).isNull();
      assertThat(
              service.refusal(
                  Request.get(path).header("x-ostiary-key", "root").header("Upgrade", "h2c")))
          .isEqualTo(Reason.KEY_MALFORMED);
    }
  }

  /** The server has answered it with an error before anybody could say whose it is. */
  @Test
  void says_nothing_to_the_error_page_of_a_call_that_was_not_judged() {
    Request request = Request.get("/v1/x").key("sk-k").header("X-Ostiary-Key", "root");
    Veil told = service.guard.veil(request);
    assertThat(told.covers("x-ostiary-key")).isTrue();
    assertThat(told.tag()).isNull();
    assertThat(told.covers("authorization")).isFalse();

    service.reload(policy("key.forward = no"));
    Veil spared = service.guard.veil(request);
    assertThat(spared.covers("x-ostiary-key")).isTrue();
    assertThat(spared.covers("authorization")).isTrue();
    assertThat(service.guard.veil(Request.get("/").key("the-app-s-own")).covers("authorization"))
        .isFalse();
  }
}
