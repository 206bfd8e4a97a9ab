package io.ostiary.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A browser's question before a call, which has no key. */
class PreflightTest {

  private static final String POLICY =
      "route.chat.paths = /v1/**\nroute.chat.model = body model\nkey.k.sha256 = "
          + Policies.sha256("sk-k")
          + "\nkey.k.limits = rpm 1\n";

  private final GuardedService service = new GuardedService(POLICY);

  @Test
  void passes_without_a_key_and_costs_nothing() {
    for (int i = 0; i < 3; i++) {
      assertThat(service.admit(preflight()).lease()).isSameAs(Lease.NONE);
    }
    assertThat(service.judge(Request.post("/v1/x", "{\"model\":\"m\"}").key("sk-k")))
        .isInstanceOf(Decision.Admit.class);
  }

  /** Over HTTP/2 a body needs no header; an app that takes any method for a call must not get it. */
  @Test
  void reaches_the_app_without_a_body() {
    Decision.Admit admit = service.admit(preflight().multiplexed("{\"model\":\"m\"}"));
    assertThat(Objects.requireNonNull(admit.body()).length()).isZero();
  }

  @Test
  void is_none_if_it_is_anything_else() {
    assertThat(service.refusal(Request.of("OPTIONS", "/v1/x"))).isEqualTo(Reason.KEY_MISSING);
    assertThat(service.refusal(Request.of("OPTIONS", "/v1/x").header("Origin", "https://a")))
        .isEqualTo(Reason.KEY_MISSING);
    assertThat(service.refusal(preflight().declaring(7))).isEqualTo(Reason.KEY_MISSING);
    assertThat(service.refusal(preflight().chunked())).isEqualTo(Reason.KEY_MISSING);
    assertThat(service.refusal(preflight().header("Upgrade", "x"))).isEqualTo(Reason.KEY_MISSING);
    assertThat(
            service.refusal(
                Request.get("/v1/x")
                    .header("Origin", "https://a")
                    .header("Access-Control-Request-Method", "POST")))
        .isEqualTo(Reason.KEY_MISSING);
  }

  /** Some frameworks believe them with any method; no browser sends them before it may call. */
  @ParameterizedTest
  @ValueSource(strings = {"X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"})
  void is_none_if_it_asks_for_another_method(String header) {
    assertThat(service.refusal(preflight().header(header, "POST"))).isEqualTo(Reason.KEY_MISSING);
  }

  @Test
  void is_judged_where_the_operator_says_so() {
    GuardedService strict = new GuardedService("preflights = judge\n" + POLICY);
    assertThat(strict.refusal(preflight())).isEqualTo(Reason.KEY_MISSING);
  }

  private static Request preflight() {
    return Request.of("OPTIONS", "/v1/x")
        .header("Origin", "https://app.example")
        .header("Access-Control-Request-Method", "POST");
  }
}
