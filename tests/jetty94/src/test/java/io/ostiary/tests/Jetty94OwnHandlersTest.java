package io.ostiary.tests;

import io.ostiary.tests.contract.OwnHandlersContract;

/** Pitfall 7: handlers of Jetty 9.4 that are no servlets. */
class Jetty94OwnHandlersTest extends OwnHandlersContract {

  Jetty94OwnHandlersTest() {
    super("io.ostiary.tests.app.Jetty94HandlerServer");
  }
}
