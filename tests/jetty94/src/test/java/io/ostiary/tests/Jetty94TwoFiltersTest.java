package io.ostiary.tests;

import io.ostiary.tests.contract.ChargedOnceContract;
import io.ostiary.tests.contract.Installation;

class Jetty94TwoFiltersTest extends ChargedOnceContract {

  Jetty94TwoFiltersTest() {
    super(Installation.ofTwoFilters("io.ostiary.tests.app.Jetty94Server"));
  }
}
