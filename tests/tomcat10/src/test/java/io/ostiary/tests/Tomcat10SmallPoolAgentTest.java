package io.ostiary.tests;

import io.ostiary.tests.contract.Installation;
import io.ostiary.tests.contract.SmallPoolContract;

class Tomcat10SmallPoolAgentTest extends SmallPoolContract {

  Tomcat10SmallPoolAgentTest() {
    super(Installation.ofAgent("io.ostiary.tests.app.TomcatServer"));
  }
}
