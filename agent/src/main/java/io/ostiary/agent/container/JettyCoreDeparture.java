package io.ostiary.agent.container;

import io.ostiary.core.Lease;
import io.ostiary.core.Outcome;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;

/** What one call of a core handler holds, and how it ended. Threads may come in any order; what is held is let go once. */
final class JettyCoreDeparture {

  private final Lease lease;
  private final Response response;
  private volatile Outcome outcome = Outcome.COMPLETED;
  private volatile boolean clientGone;
  private volatile boolean headShown;

  /** @param response Jetty's own */
  JettyCoreDeparture(Lease lease, Response response) {
    this.lease = lease;
    this.response = response;
  }

  /** The head of the answer is final. */
  void showHead(int status, @Nullable String type, @Nullable String coding) {
    headShown = true;
    lease.answer(status, type, coding);
  }

  private void showEmptyHead() {
    if (!headShown && lease.metersAnswer()) {
      showHead(statusOf(response), null, null);
    }
  }

  /** The status that an answer has, if need be by default. */
  static int statusOf(Response response) {
    int status = response.getStatus();
    return status == 0 ? 200 : status;
  }

  /** The call does not end well. */
  void becomes(Outcome other) {
    outcome = other;
  }

  /** Nothing more can leave; answers whether that is news. */
  boolean clientIsGone() {
    if (clientGone) {
      return false;
    }
    clientGone = true;
    showEmptyHead();
    lease.settle(outcomeAtEnd());
    return true;
  }

  boolean isClientGone() {
    return clientGone;
  }

  /** The answer has ended, but the model is still at work. */
  void settle() {
    showEmptyHead();
    lease.settle(outcomeAtEnd());
  }

  void close() {
    showEmptyHead();
    lease.close(outcomeAtEnd());
  }

  private Outcome outcomeAtEnd() {
    return clientGone && outcome != Outcome.TIMED_OUT ? Outcome.ABORTED : outcome;
  }
}
