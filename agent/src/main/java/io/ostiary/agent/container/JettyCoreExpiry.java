package io.ostiary.agent.container;

import io.ostiary.core.ClientLine;
import io.ostiary.core.Deadline;
import io.ostiary.core.Decision;
import io.ostiary.core.Outcome;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;

/** The end of the time of a core handler's call: what is answered then, and its line, which is cut where nothing leaves on it. */
final class JettyCoreExpiry {

  private final Deadline deadline;
  private final Request request;
  private final Response response;
  private final JettyCoreDeparture departure;
  private final JettyCoreEvents events;
  private final @Nullable ClientLine line;

  /** The client is answered in the app's place. */
  private volatile boolean replaced;

  /** The end by Jetty's own objects; {@code line} is {@code null} where there is no way to the client's. */
  JettyCoreExpiry(
      Deadline deadline,
      Request request,
      Response response,
      JettyCoreDeparture departure,
      JettyCoreEvents events,
      @Nullable ClientLine line) {
    this.deadline = deadline;
    this.request = request;
    this.response = response;
    this.departure = departure;
    this.events = events;
    this.line = line;
  }

  void start(Runnable end) {
    deadline.start(end);
  }

  void cancel() {
    deadline.cancel();
  }

  boolean interrupts() {
    return deadline.interrupts();
  }

  /** Has it looked after, a moment later, whether the end has come through. */
  void followUp(Runnable task) {
    if (line != null) {
      deadline.startAfterwards(task);
    }
  }

  /** What ends the answer now, or {@code null} where it can only be broken off. */
  byte @Nullable [] lastBytes() {
    departure.becomes(Outcome.TIMED_OUT);
    if (!response.isCommitted()) {
      Decision.Reject refusal = deadline.refusal();
      JettyCoreRefusal.setHead(refusal.refusal(), response);
      JettyCoreRefusal.endConnection(request, response);
      replaced = true;
      return refusal.refusal().body();
    }
    if (departure.isClientGone()) {
      return null;
    }
    deadline.cutsShort();
    return events.last(deadline.closingEvent());
  }

  /** The last bytes have left: who still reads the body reads it for nothing. */
  void haveLeft() {
    if (replaced && line != null) {
      line.hasAnswer();
    }
  }

  /**
   * Somebody waits for a client that does not read.
   *
   * @param isEnd whether that is the end itself, which has been told of
   */
  void cut(boolean isEnd) {
    if (!isEnd) {
      departure.becomes(Outcome.TIMED_OUT);
      deadline.cutsShort();
    }
    if (line != null) {
      line.cut();
    }
  }
}
