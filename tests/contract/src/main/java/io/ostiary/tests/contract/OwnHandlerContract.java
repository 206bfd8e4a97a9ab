package io.ostiary.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** A Jetty with a handler of the app's own around its servlets, which could answer calls that no other door judges. */
public abstract class OwnHandlerContract {

  private final String mainClass;

  protected OwnHandlerContract(String mainClass) {
    this.mainClass = mainClass;
  }

  @Test
  void a_handler_of_the_app_s_own_is_told_of_once() throws IOException {
    try (ServerProcess server = ServerProcess.start(Installation.ofAgent(mainClass))) {
      for (int i = 0; i < 3; i++) {
        try (Wire wire = new Wire(server.port())) {
          assertThat(wire.send(Ask.get("/open/hits?test=none").bytes()).answer().status())
              .isEqualTo(200);
        }
      }

      String told = "JUDGED BY THE HEAD ALONE: calls that " + mainClass + "$Rewriting answers";
      assertThat(server.outputWith(told)).containsOnlyOnce("JUDGED BY THE HEAD ALONE");
    }
  }
}
