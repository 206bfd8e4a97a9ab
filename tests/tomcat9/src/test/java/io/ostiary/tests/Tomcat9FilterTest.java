package io.ostiary.tests;

import io.ostiary.tests.contract.GuardedServerContract;
import io.ostiary.tests.contract.Installation;

class Tomcat9FilterTest extends GuardedServerContract {

  Tomcat9FilterTest() {
    super(Installation.ofFilter("io.ostiary.tests.app.TomcatServer"));
  }

  @Override
  public boolean judgesBeforeContinue() {
    return false;
  }
}
