package io.ostiary.tests;

import io.ostiary.tests.contract.Installation;
import io.ostiary.tests.contract.PaiEasContract;

/** With a handler of the app's own, so that calls are judged before Jetty's, and not by the servlets' shell. */
class Jetty12PaiEasTest extends PaiEasContract {

  Jetty12PaiEasTest() {
    super(Installation.ofAgent("io.ostiary.tests.app.Jetty12Server"));
  }
}
