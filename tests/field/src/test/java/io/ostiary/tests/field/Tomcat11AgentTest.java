package io.ostiary.tests.field;

import io.ostiary.tests.contract.GuardedServerContract;
import io.ostiary.tests.contract.Http2Contract;

/** The whole contract on Tomcat 11, under the agent. */
class Tomcat11AgentTest extends GuardedServerContract implements Http2Contract {

  Tomcat11AgentTest() {
    super(Server.tomcat11().withAgent());
  }
}
