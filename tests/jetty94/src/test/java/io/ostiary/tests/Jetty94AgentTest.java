package io.ostiary.tests;

import io.ostiary.tests.contract.GuardedServerContract;
import io.ostiary.tests.contract.Installation;
import io.ostiary.tests.contract.StalledUploadContract;

class Jetty94AgentTest extends GuardedServerContract implements StalledUploadContract {

  Jetty94AgentTest() {
    super(Installation.ofAgent("io.ostiary.tests.app.Jetty94Server"));
  }

  @Override
  public boolean hearsTheHeadAlone() {
    return false;
  }

  @Override
  public boolean speaksHttp2() {
    return false;
  }
}
