package io.ostiary.tests;

import io.ostiary.tests.contract.GuardedServerContract;
import io.ostiary.tests.contract.Http2Contract;
import io.ostiary.tests.contract.Installation;

class Tomcat9FilterTest extends GuardedServerContract implements Http2Contract {

  Tomcat9FilterTest() {
    super(Installation.ofFilter("io.ostiary.tests.app.TomcatServer"));
  }

  @Override
  public boolean judgesBeforeContinue() {
    return false;
  }
}
