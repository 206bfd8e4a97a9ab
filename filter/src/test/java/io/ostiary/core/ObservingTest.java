package io.ostiary.core;

import static io.ostiary.core.GuardedService.call;
import static io.ostiary.core.GuardedService.limited;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Limits, keys and a guard that only observe: they refuse nothing, and say what they would have refused. */
class ObservingTest {

  @Test
  void an_observed_limit_refuses_nothing_and_tells_of_what_it_would_have_refused() {
    GuardedService service = limited("limits.l = rpm 1 observe, qps 3");
    service.admit(call(1));
    service.admit(call(1));
    service.admit(call(1));
    assertThat(service.lines).singleElement().asString().contains("RPM_EXCEEDED", "key a");
    assertThat(service.refusal(call(1))).isEqualTo(Reason.QPS_EXCEEDED);
  }

  /** O3: in the words of the refusal that it would have been. */
  @Test
  void an_observed_limit_tells_what_could_never_have_been_paid() {
    GuardedService service = limited("limits.l = tpm 10 observe");
    service.admit(call(500));
    assertThat(service.lines).singleElement().asString().contains("TOKENS_NEVER_FIT", "limit 10");
  }

  @Test
  void an_observed_key_is_never_refused_but_others_are() {
    GuardedService service =
        limited(
            "limits.l = rpm 1, tpm 10",
            "key.a.mode = observe",
            "key.b.sha256 = " + Policies.sha256("sk-b"),
            "key.b.limits = l",
            "models = m");
    for (int i = 0; i < 3; i++) {
      service.admit(call(500));
      service.admit(Request.chat("unknown", 1, 1).key("sk-a"));
    }
    service.admit(Request.chat("m", 1, 1).key("sk-b"));
    assertThat(service.refusal(Request.chat("m", 1, 1).key("sk-b"))).isEqualTo(Reason.RPM_EXCEEDED);
  }

  @Test
  void a_guard_that_observes_lets_everything_reach_the_app_as_it_came() {
    GuardedService service =
        limited("limits.l = rpm 1", "mode = observe", "models = m", "route.chat.max-body = 64B");
    service.admit(Request.chat("m", 1, 1));
    service.admit(Request.chat("m", 1, 1).key("wrong"));
    service.admit(Request.chat("other", 1, 1).key("sk-a"));
    service.admit(Request.post("/v1/chat/completions", "{\"model\":").key("sk-a"));
    service.admit(Request.chat("m", 1, 1).key("sk-a"));
    service.admit(Request.chat("m", 1, 1).key("sk-a"));
    Body large = service.admit(Request.chat("m", 300, 1).key("sk-a").chunked()).body();
    assertThat(Objects.requireNonNull(large).stream())
        .hasSameContentAs(Request.chat("m", 300, 1).open());
    assertThat(service.lines)
        .anyMatch(line -> line.contains("KEY_MISSING"))
        .anyMatch(line -> line.contains("KEY_UNKNOWN"))
        .anyMatch(line -> line.contains("MODEL_UNKNOWN"))
        .anyMatch(line -> line.contains("BODY_MALFORMED"))
        .anyMatch(line -> line.contains("RPM_EXCEEDED"))
        .anyMatch(line -> line.contains("BODY_TOO_LARGE"));
  }

  @Test
  void tells_of_a_flood_in_a_line_every_ten_seconds() {
    GuardedService service = limited("limits.l = rpm 1 observe");
    for (int i = 0; i < 1_000; i++) {
      service.admit(call(1));
      service.pass(19);
    }
    assertThat(service.lines).hasSize(2);
  }
}
