package io.ostiary.agent.container;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.coyote.ActionCode;

/** One call as Tomcat has it behind its facades. */
record TomcatCall(Request request) {

  /** What Tomcat itself does when a write fails on a thread that is not its own: the listeners of an asynchronous call hear of it. */
  void fails() {
    try {
      request
          .getCoyoteRequest()
          .action(ActionCode.CLOSE_NOW, new IOException("The client has gone."));
    } catch (RuntimeException | LinkageError over) {
      // There is nobody left to tell.
    }
  }

  /** Since 9.0.70 Tomcat sends an error of its own where a read fails, and lets nobody else answer. */
  void takeAnswerBack() {
    try {
      Response response = request.getResponse();
      if (response.isError() && !response.getCoyoteResponse().isCommitted()) {
        response.setSuspended(false);
        response.getCoyoteResponse().reset();
        request.removeAttribute("javax.servlet.error.exception");
        request.removeAttribute("jakarta.servlet.error.exception");
      }
    } catch (RuntimeException | LinkageError hidden) {
      // Then it answers as it will.
    }
  }
}
