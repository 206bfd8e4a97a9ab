package io.ostiary.servlet.jakarta;

import io.ostiary.core.Lease;
import io.ostiary.core.Outcome;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The end of an admitted call, which closes its lease. For an asynchronous call that is {@code onComplete}, which every
 * container sends once, also after a time-out or an error; how it ended is noted on the way there. Request and response are
 * never touched then: they may already be another call's.
 */
final class Departure implements AsyncListener {

  private final Lease lease;
  private final @Nullable AnswerMeter meter;
  private volatile Outcome outcome = Outcome.COMPLETED;

  Departure(Lease lease, @Nullable AnswerMeter meter) {
    this.lease = lease;
    this.meter = meter;
  }

  /** Of a call that holds nothing. */
  static Departure ofNothing() {
    return new Departure(Lease.NONE, null);
  }

  /** Something went wrong; what did so first is how the call ended. */
  void becomes(Outcome other) {
    if (outcome == Outcome.COMPLETED) {
      outcome = other;
    }
  }

  /** The container answers in place of the app, of whose answer nothing has left. */
  void answerIsTakenBack() {
    if (meter != null) {
      meter.takenBack();
    }
  }

  /** Whether the call has gone asynchronous, and this will hear of its end. */
  boolean awaitsAsyncEnd(HttpServletRequest request) {
    try {
      if (!request.isAsyncStarted()) {
        return false;
      }
      request.getAsyncContext().addListener(this);
      return true;
    } catch (IllegalStateException alreadyOver) {
      return false;
    }
  }

  /** The answer is complete. */
  void close() {
    if (meter != null) {
      meter.end();
    }
    lease.close(meter != null && meter.isClientGone() ? Outcome.ABORTED : outcome);
  }

  @Override
  public void onComplete(AsyncEvent event) {
    close();
  }

  /** The app may still write. Jetty 9.4 tells of no end after this if the answer has begun, so what has left is charged now. */
  @Override
  public void onTimeout(AsyncEvent event) {
    becomes(Outcome.TIMED_OUT);
    lease.settle(Outcome.TIMED_OUT);
  }

  @Override
  public void onError(AsyncEvent event) {
    becomes(event.getThrowable() instanceof IOException ? Outcome.ABORTED : Outcome.FAILED);
  }

  /** Another cycle begins, and with it the container forgets its listeners. */
  @Override
  public void onStartAsync(AsyncEvent event) {
    event.getAsyncContext().addListener(this);
  }
}
