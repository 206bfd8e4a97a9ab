package io.ostiary.tests;

import io.ostiary.tests.contract.ChargedOnceContract;
import io.ostiary.tests.contract.Installation;

class Jetty12TwoFiltersTest extends ChargedOnceContract {

  Jetty12TwoFiltersTest() {
    super(Installation.ofTwoFilters("io.ostiary.tests.app.Jetty12Server"));
  }
}
