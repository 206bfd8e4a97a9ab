package io.ostiary.tests;

import io.ostiary.tests.contract.GuardedServerContract;
import io.ostiary.tests.contract.Http2Contract;
import io.ostiary.tests.contract.Installation;
import io.ostiary.tests.contract.StalledUploadContract;

class Jetty12AgentTest extends GuardedServerContract
    implements Http2Contract, StalledUploadContract {

  Jetty12AgentTest() {
    super(Installation.ofAgent("io.ostiary.tests.app.Jetty12Server"));
  }

  @Override
  public boolean tellsOfResets() {
    return true;
  }
}
