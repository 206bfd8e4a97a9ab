package io.ostiary.tests;

import io.ostiary.tests.contract.GuardedServerContract;
import io.ostiary.tests.contract.Installation;

class Tomcat10AgentTest extends GuardedServerContract {

  Tomcat10AgentTest() {
    super(Installation.ofAgent("io.ostiary.tests.app.TomcatServer"));
  }
}
