package io.ostiary.tests;

import io.ostiary.tests.contract.Installation;
import io.ostiary.tests.contract.PaiEasContract;

class Tomcat10PaiEasTest extends PaiEasContract {

  Tomcat10PaiEasTest() {
    super(Installation.ofAgent("io.ostiary.tests.app.TomcatServer"));
  }
}
