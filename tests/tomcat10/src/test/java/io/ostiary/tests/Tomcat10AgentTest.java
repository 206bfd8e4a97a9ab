package io.ostiary.tests;

import io.ostiary.tests.contract.GuardedServerContract;
import io.ostiary.tests.contract.Http2Contract;
import io.ostiary.tests.contract.Installation;
import io.ostiary.tests.contract.StalledUploadContract;

class Tomcat10AgentTest extends GuardedServerContract
    implements Http2Contract, StalledUploadContract {

  Tomcat10AgentTest() {
    super(Installation.ofAgent("io.ostiary.tests.app.TomcatServer"));
  }

  /** R11, by the number. */
  @Override
  public int aborts() {
    return 10_000;
  }
}
