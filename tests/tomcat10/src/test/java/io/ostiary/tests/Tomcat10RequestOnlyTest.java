package io.ostiary.tests;

import io.ostiary.tests.contract.RequestOnlyContract;

class Tomcat10RequestOnlyTest extends RequestOnlyContract {

  Tomcat10RequestOnlyTest() {
    super("io.ostiary.tests.app.TomcatServer");
  }
}
