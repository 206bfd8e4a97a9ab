package io.ostiary.tests;

import io.ostiary.tests.contract.TlsContract;

class Tomcat10TlsTest extends TlsContract {

  Tomcat10TlsTest() {
    super("io.ostiary.tests.app.TomcatServer");
  }
}
