package io.ostiary.servlet.jakarta;

import io.ostiary.core.Lease;
import io.ostiary.core.Lookout;
import io.ostiary.core.Outcome;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The end of an admitted call, which closes its lease. For an asynchronous call that is {@code onComplete}, which containers
 * send once, also after a time-out or an error; how it ended is noted on the way there. Request and response are never touched
 * then: they may already be another call's.
 *
 * <p>Three ends nobody may ever tell of: Jetty 9.4 is silent after the time-out of an answer that has begun, Jetty 12 often is
 * after the reset of a stream, and no container says that an app's own thread, whose client has gone, does not mean to complete
 * the call. What the call holds is let go there as soon as no thread of the container is in the app.
 *
 * <p>Where a server tells when it is done with a request, {@link #isLast} sees to the rest. A filter is told nothing of the kind:
 * a call that Tomcat has recycled unsaid is noticed when a thread of the app asks for anything of it, and not if none does.
 *
 * <p>Known weakness: an app that has a listener added from a thread of its own, after its dispatch has returned, and whose
 * listener takes the call on after a time-out in the middle of its answer, goes on without a worker. So does one that is
 * dispatched again, if its client goes then, where a filter is not mapped for asynchronous dispatches.
 */
final class Departure implements AsyncListener {

  private final Lease lease;
  private final Lookout lookout;
  private final @Nullable AnswerMeter meter;
  private final @Nullable Expiry expiry;
  private final @Nullable ErrorVoice errors;
  private volatile Outcome outcome = Outcome.COMPLETED;

  /** From its second cycle on, another listener hears of the call's end. */
  private boolean follows;

  /** The call waits for a thread of the app's own: its dispatch has returned, and it has not been dispatched again. */
  private volatile @Nullable ServletRequest parted;

  /**
   * The end of one call.
   *
   * @param bodyRead whether nobody is going to read from the client any more, so that it may be looked for
   * @param errors tells those that the container would, or {@code null}
   */
  Departure(
      Lease lease,
      Client client,
      boolean bodyRead,
      @Nullable AnswerMeter meter,
      @Nullable Expiry expiry,
      @Nullable ErrorVoice errors) {
    this.errors = errors;
    this.lease = lease;
    this.meter = meter;
    this.expiry = expiry;
    Lookout seeing = meter == null ? null : client.lookout(bodyRead, meter::clientIsGone);
    if (seeing != null) {
      lookout = seeing;
    } else {
      lookout = expiry == null ? Lookout.NONE : Lookout.blind();
    }
  }

  /** Of a call that holds nothing. */
  static Departure ofNothing() {
    return new Departure(Lease.NONE, Client.UNSEEN, false, null, null, null);
  }

  /** The app is about to be called, on this thread. */
  void begins() {
    if (meter != null) {
      meter.tells(this);
    }
    lookout.appIsCalled();
    if (expiry != null) {
      expiry.start(this, lookout.inside());
    }
  }

  /** The app has returned, or thrown. */
  void appHasReturned() {
    lookout.appHasReturned();
  }

  /** The app has read all that its client sent. */
  void bodyIsRead() {
    lookout.bodyIsRead();
  }

  /** The app reads again. */
  void bodyIsReadOn() {
    lookout.bodyIsReadOn();
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
      if (isOfNothing()) {
        return true;
      }
      request.getAsyncContext().addListener(this);
    } catch (IllegalStateException alreadyOver) {
      return false;
    }
    if (request.getAttribute(Door.PARTED) == null) {
      // The innermost was first: where an open path leads to a guarded one, that holds the worker.
      request.setAttribute(Door.PARTED, this);
    }
    parted = request;
    if (isClientGone()) {
      clientIsGone();
    }
    lookout.callHasParted(isClientGone());
    return true;
  }

  private boolean isOfNothing() {
    return lease == Lease.NONE && meter == null && expiry == null && errors == null;
  }

  /**
   * Nothing more can leave. The write of {@link #parted} and that of the meter's own note are each before the other's look at
   * it, so that one of the two threads comes here with both done. The container is not asked how the call stands: Jetty 12 says
   * of a stream that was reset that it is not asynchronous any more, and may never tell of its end.
   */
  void clientIsGone() {
    if (parted != null) {
      lease.close(outcomeAtEnd());
    }
  }

  /**
   * The container refuses a thread of the app's own what any asynchronous call may ask for. If it has recycled the request it
   * will tell nobody of the call's end: so Tomcat does where an error meets the thread that began the call just as that returns.
   */
  void mayBeOver() {
    ServletRequest request = parted;
    if (request != null && !isWaiting(request)) {
      isForgotten();
    }
  }

  /** Nobody will tell of the end: the container's objects are another call's soon, and neither time nor voice may touch them. */
  private void isForgotten() {
    lookout.end();
    try {
      if (expiry != null) {
        expiry.callIsComplete();
      }
      if (errors != null) {
        errors.callIsComplete();
      }
    } finally {
      lease.close(outcomeAtEnd());
    }
  }

  /** A listener of the app's has thrown; its dispatch returned before, or it will see to the end. */
  void listenerHasFailed() {
    becomes(Outcome.FAILED);
    if (parted != null) {
      isForgotten();
    }
  }

  /**
   * The app has thrown out of a dispatch in which it had gone asynchronous, which the container answers. Tomcat may break the
   * connection off instead, and never tell of the end.
   */
  void appHasThrown(boolean committed) {
    if (!committed) {
      answerIsTakenBack();
    }
    isForgotten();
  }

  /**
   * The container is done with the call's request. If nobody has told of the call's end by now, nobody will; its connection has
   * been cut then.
   */
  static void isLast(ServletRequest request) {
    if (request.getAttribute(Door.PARTED) instanceof Departure departure) {
      departure.becomes(Outcome.ABORTED);
      departure.lease.closeAtLast(departure.outcomeAtEnd());
      departure.isForgotten();
    }
  }

  /**
   * The call has been dispatched again: a thread of the container is in the app until the call's end. Only the first door of a
   * dispatch is told so, and sees to the end.
   */
  static @Nullable Departure isBack(ServletRequest request) {
    if (request.getAttribute(Door.PARTED) instanceof Departure departure) {
      request.removeAttribute(Door.PARTED);
      departure.lookout.appIsCalled();
      departure.parted = null;
      return departure;
    }
    return null;
  }

  /** Whether no thread of the container is in the app, nor about to be. */
  private static boolean isWaiting(ServletRequest request) {
    try {
      return request.isAsyncStarted();
    } catch (RuntimeException recycled) {
      // Then its end has been told of.
      return false;
    }
  }

  /** The end of the call's time, or {@code null} if that is not limited. */
  @Nullable Expiry expiry() {
    return expiry;
  }

  boolean isClientGone() {
    return meter != null && meter.isClientGone();
  }

  private Outcome outcomeAtEnd() {
    return isClientGone() && outcome != Outcome.TIMED_OUT ? Outcome.ABORTED : outcome;
  }

  /** The answer is complete. Whatever goes wrong on the way, what the call holds is let go. */
  void close() {
    lookout.end();
    try {
      if (expiry != null) {
        expiry.callIsComplete();
        if (expiry.hasReplacedAnswer()) {
          answerIsTakenBack();
        }
      }
      if (meter != null) {
        meter.end();
      }
      if (errors != null) {
        errors.callIsComplete();
      }
    } finally {
      lease.close(outcomeAtEnd());
    }
  }

  @Override
  public void onComplete(AsyncEvent event) {
    close();
  }

  /**
   * The app may still write. If the answer has begun, and no listener of the app, which came before this one, has taken the call
   * on, every container cuts it off; the rest is as if it had been told of.
   */
  @Override
  public void onTimeout(AsyncEvent event) {
    hasTimedOut();
    AsyncContext context = event.getAsyncContext();
    if (isWaiting(context.getRequest()) && !isTakenOn()) {
      if (context.getResponse().isCommitted()) {
        close();
      } else if (isTold()) {
        complete(context);
      }
    }
  }

  /** The app may yet take the call on. */
  void hasTimedOut() {
    becomes(Outcome.TIMED_OUT);
    lease.settle(Outcome.TIMED_OUT);
  }

  /** The same in a later cycle, before the app's listeners: what no door has seen return has nobody else to end it. */
  void hasTimedOutLater(AsyncContext context) {
    hasTimedOut();
    if (parted == null && isWaiting(context.getRequest()) && context.getResponse().isCommitted()) {
      close();
    }
  }

  private static void complete(AsyncContext context) {
    try {
      context.complete();
    } catch (IllegalStateException alreadyOver) {
      // The app, or the end of the call's time, was first.
    }
  }

  private boolean isTakenOn() {
    return errors != null && errors.hasBeenTakenOn();
  }

  private boolean isTold() {
    try {
      return errors != null && errors.timedOut();
    } catch (IOException | RuntimeException gone) {
      return false;
    }
  }

  @Override
  public void onError(AsyncEvent event) {
    lookout.end();
    boolean gone = event.getThrowable() instanceof IOException;
    becomes(gone ? Outcome.ABORTED : Outcome.FAILED);
    if (errors != null) {
      errors.serverEnds();
    }
    if (gone && parted != null) {
      // Of a stream that was reset Jetty 12 may never tell more than this.
      lease.close(outcomeAtEnd());
    }
  }

  /** Another cycle begins, and with it the container forgets its listeners. The thread that began it may still be in the app. */
  @Override
  public void onStartAsync(AsyncEvent event) {
    lookout.callBeginsAnew();
    parted = null;
    if (errors != null) {
      errors.beginsAnew();
    }
    if (!follows) {
      follows = true;
      event.getAsyncContext().addListener(new LaterCycle(this));
    }
  }
}
