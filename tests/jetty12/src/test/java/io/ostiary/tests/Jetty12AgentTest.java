package io.ostiary.tests;

import io.ostiary.tests.contract.GuardedServerContract;
import io.ostiary.tests.contract.Installation;

class Jetty12AgentTest extends GuardedServerContract {

  Jetty12AgentTest() {
    super(Installation.ofAgent("io.ostiary.tests.app.Jetty12Server"));
  }

  @Override
  public boolean asksAboutUnreadableRequests() {
    return false;
  }
}
