package io.ostiary.tests;

import io.ostiary.tests.contract.OwnHandlersContract;

/** Pitfall 7: a handler of the app's own around its servlets, which answers by itself. */
class Jetty12OwnHandlersTest extends OwnHandlersContract {

  Jetty12OwnHandlersTest() {
    super("io.ostiary.tests.app.Jetty12HandlerServer");
  }
}
