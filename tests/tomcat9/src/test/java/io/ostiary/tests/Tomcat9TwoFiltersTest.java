package io.ostiary.tests;

import io.ostiary.tests.contract.ChargedOnceContract;
import io.ostiary.tests.contract.Installation;

class Tomcat9TwoFiltersTest extends ChargedOnceContract {

  Tomcat9TwoFiltersTest() {
    super(Installation.ofTwoFilters("io.ostiary.tests.app.TomcatServer"));
  }
}
