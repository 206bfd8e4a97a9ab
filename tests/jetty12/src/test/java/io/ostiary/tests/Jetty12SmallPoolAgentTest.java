package io.ostiary.tests;

import io.ostiary.tests.contract.Installation;
import io.ostiary.tests.contract.SmallPoolContract;

class Jetty12SmallPoolAgentTest extends SmallPoolContract {

  Jetty12SmallPoolAgentTest() {
    super(Installation.ofAgent("io.ostiary.tests.app.Jetty12Server"));
  }
}
