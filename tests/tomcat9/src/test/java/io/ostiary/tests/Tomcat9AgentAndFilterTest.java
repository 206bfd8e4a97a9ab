package io.ostiary.tests;

import io.ostiary.tests.contract.ChargedOnceContract;
import io.ostiary.tests.contract.Installation;

class Tomcat9AgentAndFilterTest extends ChargedOnceContract {

  Tomcat9AgentAndFilterTest() {
    super(Installation.ofAgentAndFilter("io.ostiary.tests.app.TomcatServer"));
  }
}
