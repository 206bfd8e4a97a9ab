package io.ostiary.tests;

import io.ostiary.tests.contract.ConnectorsContract;

class Jetty12ConnectorsTest extends ConnectorsContract {

  Jetty12ConnectorsTest() {
    super("io.ostiary.tests.app.Jetty12Server");
  }
}
