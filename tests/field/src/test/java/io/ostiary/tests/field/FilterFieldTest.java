package io.ostiary.tests.field;

import io.ostiary.tests.contract.EssentialContract;
import io.ostiary.tests.contract.Installation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The filter in the app: P3. */
@ParameterizedClass
@MethodSource("io.ostiary.tests.field.Server#kinds")
class FilterFieldTest extends StartedServer implements EssentialContract {

  @Override
  Installation installation(Server kind) {
    return kind.withFilter();
  }

  @Override
  public boolean comesAfterTheAppsFilters() {
    return true;
  }

  @Override
  public boolean judgesBeforeContinue() {
    return !kind().isTomcat();
  }
}
