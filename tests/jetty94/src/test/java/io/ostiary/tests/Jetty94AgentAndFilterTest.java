package io.ostiary.tests;

import io.ostiary.tests.contract.ChargedOnceContract;
import io.ostiary.tests.contract.Installation;

class Jetty94AgentAndFilterTest extends ChargedOnceContract {

  Jetty94AgentAndFilterTest() {
    super(Installation.ofAgentAndFilter("io.ostiary.tests.app.Jetty94Server"));
  }
}
