package io.ostiary.tests;

import io.ostiary.tests.contract.ChargedOnceContract;
import io.ostiary.tests.contract.Installation;

class Tomcat10AgentAndFilterTest extends ChargedOnceContract {

  Tomcat10AgentAndFilterTest() {
    super(Installation.ofAgentAndFilter("io.ostiary.tests.app.TomcatServer"));
  }
}
