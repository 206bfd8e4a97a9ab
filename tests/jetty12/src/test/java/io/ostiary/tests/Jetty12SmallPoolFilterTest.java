package io.ostiary.tests;

import io.ostiary.tests.contract.Installation;
import io.ostiary.tests.contract.SmallPoolContract;

class Jetty12SmallPoolFilterTest extends SmallPoolContract {

  Jetty12SmallPoolFilterTest() {
    super(Installation.ofFilter("io.ostiary.tests.app.Jetty12Server"));
  }
}
