package io.ostiary.tests;

import io.ostiary.tests.contract.OwnHandlerContract;

class Jetty94OwnHandlerTest extends OwnHandlerContract {

  Jetty94OwnHandlerTest() {
    super("io.ostiary.tests.app.Jetty94Server");
  }
}
