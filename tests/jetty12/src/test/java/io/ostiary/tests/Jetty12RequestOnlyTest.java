package io.ostiary.tests;

import io.ostiary.tests.contract.RequestOnlyContract;

class Jetty12RequestOnlyTest extends RequestOnlyContract {

  Jetty12RequestOnlyTest() {
    super("io.ostiary.tests.app.Jetty12Server");
  }
}
