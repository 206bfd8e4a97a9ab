package io.ostiary.tests;

import io.ostiary.tests.contract.ChargedOnceContract;
import io.ostiary.tests.contract.Installation;

class Jetty12AgentAndFilterTest extends ChargedOnceContract {

  Jetty12AgentAndFilterTest() {
    super(Installation.ofAgentAndFilter("io.ostiary.tests.app.Jetty12Server"));
  }
}
