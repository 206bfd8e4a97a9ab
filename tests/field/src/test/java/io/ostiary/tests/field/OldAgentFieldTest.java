package io.ostiary.tests.field;

import io.ostiary.tests.contract.Installation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The agent on old releases: they are guarded as new ones are (P3). What else the contract asks, of streams that break off for one,
 * is asked of the newest alone.
 */
@ParameterizedClass(allowZeroInvocations = true)
@MethodSource("io.ostiary.tests.field.Server#oldest")
class OldAgentFieldTest extends StartedServer {

  @Override
  Installation installation(Server kind) {
    return kind.withAgent();
  }

  @Override
  public boolean judgesBeforeContinue() {
    return true;
  }
}
