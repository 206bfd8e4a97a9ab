package io.ostiary.tests;

import io.ostiary.tests.contract.OwnHandlerContract;

class Jetty12OwnHandlerTest extends OwnHandlerContract {

  Jetty12OwnHandlerTest() {
    super("io.ostiary.tests.app.Jetty12Server");
  }
}
