package io.ostiary.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OverridesTest {

  private final Path temp;
  private final PolicyFolder folder;

  OverridesTest(@TempDir Path temp) {
    this.temp = temp;
    folder = new PolicyFolder(temp).write(PolicyFolder.LEAST + "errors.dialect = eas\n");
  }

  @Test
  void put_the_property_over_the_variable_over_the_file_and_say_so() {
    assertThat(folder.policy().defaultDialect().name()).isEqualTo("eas");

    folder.environment.put("OSTIARY_ERRORS_DIALECT", "modelarts");
    assertThat(folder.policy().defaultDialect().name()).isEqualTo("modelarts");
    assertThat(folder.log.lines)
        .containsExactly(
            "info errors.dialect = modelarts (environment OSTIARY_ERRORS_DIALECT over "
                + folder.file
                + ":3)");

    folder.properties.put("ostiary.errors.dialect", "anthropic");
    assertThat(folder.policy().defaultDialect().name()).isEqualTo("anthropic");
    assertThat(folder.log.lines)
        .contains(
            "info errors.dialect = anthropic (system property ostiary.errors.dialect over"
                + " environment OSTIARY_ERRORS_DIALECT)");
  }

  @Test
  void reach_settings_that_the_file_leaves_out() {
    folder.environment.put("OSTIARY_MODE", "off");
    folder.properties.put("ostiary.route.chat.max-body", "1GiB");

    Policy policy = folder.policy();

    assertThat(policy.guarding()).isFalse();
    assertThat(policy.routes().get(0).maxBodyText()).isEqualTo("1GiB");
  }

  @Test
  void reach_by_variable_a_named_setting_of_the_file() {
    folder.write(PolicyFolder.LEAST + "route.chat.max-body = 1MiB\n");
    folder.environment.put("OSTIARY_ROUTE_CHAT_MAX_BODY", "2MiB");

    assertThat(folder.policy().routes().get(0).maxBodyText()).isEqualTo("2MiB");
  }

  @Test
  void refuse_a_variable_that_could_mean_two_settings() {
    folder.write(PolicyFolder.LEAST + "alias.a-b = qwen\nalias.a.b = qwen\n");
    folder.environment.put("OSTIARY_ALIAS_A_B", "qwen-max");

    assertThat(folder.problems())
        .containsExactly(
            "environment OSTIARY_ALIAS_A_B: more than one setting of the file has this name");
  }

  @Test
  void name_themselves_when_they_are_wrong() {
    folder.properties.put("ostiary.mode", "of");

    assertThat(folder.problems())
        .containsExactly(
            "system property ostiary.mode: mode = of: enforce or observe or off was expected; did you mean"
                + " \"off\"?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ostiary.mod                  | did you mean \"mode\"?",
        "ostiary.key.acme.limits      | can be set in the policy file only",
        "ostiary.key.acme.sha256      | can be set in the policy file only",
        "ostiary.allow-plain-text-keys-in-this-file | can be set in the policy file only",
      })
  void are_refused_as_properties_that_set_nothing(String property, String expectation) {
    folder.properties.put(property, "x");

    assertThat(folder.problems())
        .singleElement()
        .asString()
        .startsWith("system property " + property + ": ")
        .contains(expectation);
  }

  @ParameterizedTest
  @ValueSource(strings = {"OSTIARY_MOD", "OSTIARY_ALLOW_PLAIN_TEXT_KEYS_IN_THIS_FILE"})
  void are_refused_as_variables_that_set_nothing(String variable) {
    folder.environment.put(variable, "x");

    assertThat(folder.problems())
        .singleElement()
        .asString()
        .startsWith("environment " + variable + ": no setting has this name");
  }

  /** What is near in spelling, such as OSTIARY_SERVICE_LIMITS, would be a wrong and dangerous hint. */
  @ParameterizedTest
  @ValueSource(strings = {"OSTIARY_KEY_GOLD_LIMITS", "OSTIARY_KEY_ACME_SHA256", "OSTIARY_KEY_X"})
  void are_refused_for_keys(String variable) {
    folder.write(PolicyFolder.LEAST + "limits.gold = rpm 1\nkey.acme.limits = gold\n");
    folder.environment.put(variable, "x");

    assertThat(folder.problems())
        .containsExactly(
            "environment " + variable + ": settings of keys can be made in the policy file only");
  }

  @Test
  void are_told_which_rule_of_all_keys_may_have_been_meant() {
    folder.environment.put("OSTIARY_KEY_FAILURE", "off");

    assertThat(folder.problems())
        .containsExactly(
            "environment OSTIARY_KEY_FAILURE: settings of keys can be made in the policy file only;"
                + " did you mean \"OSTIARY_KEY_FAILURES\"?");
  }

  @Test
  void are_taken_for_rules_of_all_keys() {
    folder.environment.put("OSTIARY_KEY_FORWARD", "no");
    folder.properties.put("ostiary.key.failures", "off");

    assertThat(folder.policy().keyRules().failures()).isNull();
    assertThat(folder.log.lines)
        .containsExactly(
            "info key.forward = no (environment OSTIARY_KEY_FORWARD)",
            "info key.failures = off (system property ostiary.key.failures)");
  }

  @Test
  void leave_alone_what_is_not_for_them() {
    folder.write(PolicyFolder.LEAST + "on-failure = ${OSTIARY_MY_OWN}\n");
    folder.environment.put("OSTIARY_MY_OWN", "admit");
    folder.environment.put("OSTIARY_CONFIG", "/etc/ostiary.properties");
    folder.environment.put("OSTIARY_PORT_8080_TCP", "tcp://10.0.0.1:8080");
    folder.environment.put("OSTIARY_SERVICE_HOST", "10.0.0.1");
    folder.properties.put("ostiary.config", "/etc/ostiary.properties");
    folder.properties.put("ostiary.agent.boot", "true");
    folder.properties.put("java.version", "17");

    assertThat(folder.policy().admitsOnFailure()).isTrue();
    assertThat(folder.log.lines).isEmpty();
  }
}
