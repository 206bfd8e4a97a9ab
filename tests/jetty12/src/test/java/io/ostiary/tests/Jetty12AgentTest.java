package io.ostiary.tests;

import io.ostiary.tests.contract.GuardedServerContract;
import io.ostiary.tests.contract.Http2Contract;
import io.ostiary.tests.contract.Installation;
import io.ostiary.tests.contract.StalledUploadContract;
import java.util.List;

class Jetty12AgentTest extends GuardedServerContract
    implements Http2Contract, StalledUploadContract {

  Jetty12AgentTest() {
    // Servlets alone: with a handler of the app's own, calls are judged before it.
    super(
        Installation.ofAgent("io.ostiary.tests.app.Jetty12Server"),
        List.of("-Dapp.rewrites=false"));
  }

  @Override
  public boolean tellsOfResets() {
    return true;
  }

  /** R11, by the number. */
  @Override
  public int aborts() {
    return 10_000;
  }
}
