package io.ostiary.tests;

import io.ostiary.tests.contract.VirtualThreadsContract;

class Jetty12VirtualThreadsTest extends VirtualThreadsContract {

  Jetty12VirtualThreadsTest() {
    super("io.ostiary.tests.app.Jetty12Server");
  }
}
