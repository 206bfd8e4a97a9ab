package io.ostiary.tests;

import io.ostiary.tests.contract.Installation;
import io.ostiary.tests.contract.SmallPoolContract;

class Tomcat10SmallPoolFilterTest extends SmallPoolContract {

  Tomcat10SmallPoolFilterTest() {
    super(Installation.ofFilter("io.ostiary.tests.app.TomcatServer"));
  }
}
