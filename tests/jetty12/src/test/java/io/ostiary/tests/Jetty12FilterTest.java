package io.ostiary.tests;

import io.ostiary.tests.contract.GuardedServerContract;
import io.ostiary.tests.contract.Http2Contract;
import io.ostiary.tests.contract.Installation;

class Jetty12FilterTest extends GuardedServerContract implements Http2Contract {

  Jetty12FilterTest() {
    super(Installation.ofFilter("io.ostiary.tests.app.Jetty12Server"));
  }

  @Override
  public boolean tellsOfResets() {
    return true;
  }
}
