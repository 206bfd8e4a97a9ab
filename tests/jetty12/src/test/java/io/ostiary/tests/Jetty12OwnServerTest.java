package io.ostiary.tests;

import io.ostiary.tests.contract.OwnHandlersContract;

/** Pitfall 7: a server of the app's own kind, which answers before Jetty 12 gets to its handlers. */
class Jetty12OwnServerTest extends OwnHandlersContract {

  Jetty12OwnServerTest() {
    super("io.ostiary.tests.app.Jetty12HandlerServer", "-Dapp.own=server");
  }
}
