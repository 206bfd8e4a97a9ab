package io.ostiary.tests;

import io.ostiary.tests.contract.TlsContract;

class Jetty12TlsTest extends TlsContract {

  Jetty12TlsTest() {
    super("io.ostiary.tests.app.Jetty12Server");
  }
}
