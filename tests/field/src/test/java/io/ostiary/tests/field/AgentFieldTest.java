package io.ostiary.tests.field;

import io.ostiary.tests.contract.EssentialContract;
import io.ostiary.tests.contract.Installation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The agent before an app that knows nothing of it: P3. */
@ParameterizedClass
@MethodSource("io.ostiary.tests.field.Server#newest")
class AgentFieldTest extends StartedServer implements EssentialContract {

  @Override
  Installation installation(Server kind) {
    return kind.withAgent();
  }

  @Override
  public boolean comesAfterTheAppsFilters() {
    return false;
  }

  @Override
  public boolean judgesBeforeContinue() {
    return true;
  }
}
