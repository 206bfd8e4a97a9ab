package io.ostiary.tests.field;

import io.ostiary.tests.contract.GuardedServerContract;
import io.ostiary.tests.contract.Http2Contract;

/** The whole contract on Tomcat 11, by the filter. */
class Tomcat11FilterTest extends GuardedServerContract implements Http2Contract {

  Tomcat11FilterTest() {
    super(Server.tomcat11().withFilter());
  }

  @Override
  public boolean judgesBeforeContinue() {
    return false;
  }
}
