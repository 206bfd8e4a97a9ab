package io.ostiary.tests;

import io.ostiary.tests.contract.OwnHandlersContract;

/** Pitfall 7: a server of the app's own kind, which answers before Jetty 9.4 gets to its handlers. */
class Jetty94OwnServerTest extends OwnHandlersContract {

  Jetty94OwnServerTest() {
    super("io.ostiary.tests.app.Jetty94HandlerServer", "-Dapp.own=server");
  }
}
