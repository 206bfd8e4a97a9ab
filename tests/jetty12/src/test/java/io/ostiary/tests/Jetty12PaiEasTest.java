package io.ostiary.tests;

import io.ostiary.tests.contract.Installation;
import io.ostiary.tests.contract.PaiEasContract;

class Jetty12PaiEasTest extends PaiEasContract {

  Jetty12PaiEasTest() {
    super(Installation.ofAgent("io.ostiary.tests.app.Jetty12Server"));
  }
}
