package io.ostiary.tests;

import io.ostiary.tests.contract.GuardedServerContract;
import io.ostiary.tests.contract.Http2Contract;
import io.ostiary.tests.contract.Installation;
import io.ostiary.tests.contract.StalledUploadContract;

class Tomcat9AgentTest extends GuardedServerContract
    implements Http2Contract, StalledUploadContract {

  Tomcat9AgentTest() {
    super(Installation.ofAgent("io.ostiary.tests.app.TomcatServer"));
  }
}
