package io.ostiary.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Limits on models, by whatever case their names are called. */
class ModelLimitsTest {

  private static GuardedService service(String more) {
    return new GuardedService(
        """
        route.chat.paths = /v1/chat/completions
        route.chat.model = body model
        key.a.sha256 = %s
        limits.one = rpm 1
        %s
        """
            .formatted(Policies.sha256("sk-a"), more));
  }

  private static Request call(String model) {
    return Request.chat(model, 4, 1).key("sk-a");
  }

  /** An app that overlooks case would serve both by one model. */
  @ParameterizedTest
  @CsvSource({
    "model.qwen-max.limits,   QWEN-Max",
    "model.Qwen-*.limits,     qwen-max",
    "model.*-MÄX.limits,      qwen-mäx",
    "key.a.limits.qwen-max,   Qwen-Max",
    "key.a.limits.QWEN-?ax,   qwen-max",
  })
  void hold_in_every_case_of_a_model_s_name(String setting, String other) {
    GuardedService service = service(setting + " = one");
    service.admit(call(other));

    assertThat(service.refusal(call(other.toUpperCase(java.util.Locale.ROOT))))
        .isEqualTo(Reason.RPM_EXCEEDED);
    service.admit(call("another"));
  }
}
