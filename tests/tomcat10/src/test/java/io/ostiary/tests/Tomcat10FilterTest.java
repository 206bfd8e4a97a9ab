package io.ostiary.tests;

import io.ostiary.tests.contract.GuardedServerContract;
import io.ostiary.tests.contract.Installation;

class Tomcat10FilterTest extends GuardedServerContract {

  Tomcat10FilterTest() {
    super(Installation.ofFilter("io.ostiary.tests.app.TomcatServer"));
  }

  @Override
  public boolean judgesBeforeContinue() {
    return false;
  }
}
