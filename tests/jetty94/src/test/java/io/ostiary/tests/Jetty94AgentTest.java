package io.ostiary.tests;

import io.ostiary.tests.contract.GuardedServerContract;
import io.ostiary.tests.contract.Installation;
import io.ostiary.tests.contract.StalledUploadContract;
import java.util.List;

class Jetty94AgentTest extends GuardedServerContract implements StalledUploadContract {

  Jetty94AgentTest() {
    // Servlets alone: with a handler of the app's own, calls are judged before it.
    super(
        Installation.ofAgent("io.ostiary.tests.app.Jetty94Server"),
        List.of("-Dapp.rewrites=false"));
  }

  @Override
  public boolean countsFromTheFirstByte() {
    return false;
  }

  @Override
  public boolean hearsTheHeadAlone() {
    return false;
  }

  @Override
  public boolean speaksHttp2() {
    return false;
  }

  @Override
  public boolean tellsErrorsOfBegunAnswers() {
    return false;
  }
}
