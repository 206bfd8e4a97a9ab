package io.ostiary.tests;

import io.ostiary.tests.contract.VirtualThreadsContract;

class Tomcat10VirtualThreadsTest extends VirtualThreadsContract {

  Tomcat10VirtualThreadsTest() {
    super("io.ostiary.tests.app.TomcatServer");
  }
}
