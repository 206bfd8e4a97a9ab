package io.ostiary.tests;

import io.ostiary.tests.contract.ChargedOnceContract;
import io.ostiary.tests.contract.Installation;

class Tomcat10TwoFiltersTest extends ChargedOnceContract {

  Tomcat10TwoFiltersTest() {
    super(Installation.ofTwoFilters("io.ostiary.tests.app.TomcatServer"));
  }
}
