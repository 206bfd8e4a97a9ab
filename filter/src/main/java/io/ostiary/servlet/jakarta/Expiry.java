package io.ostiary.servlet.jakarta;

import io.ostiary.core.AppThread;
import io.ostiary.core.Deadline;
import io.ostiary.core.Decision;
import io.ostiary.core.Outcome;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The end of a call whose time is over. It comes on another thread than the app's: whatever the app does to its response goes
 * through {@link #perform}, one thing at a time, and after the end does nothing any more.
 *
 * <p>The end never waits for the app. If the app is in the middle of something, it carries the end out itself when it is
 * through with that. But the call is not complete before an end that has begun is through: the response would be another
 * call's by then. Where the line to the client can be cut, neither waits for long for a client that does not read.
 *
 * <p>Known weaknesses: on HTTP/1.1 the connection of a synchronous call whose event stream was ended is only free when the app
 * has returned; and without a line to its client, as behind a filter, an asynchronous answer that can only be broken off is
 * completed where it stands, since the servlet API has no way to cut it.
 */
final class Expiry {

  private final Deadline deadline;
  private final HttpServletRequest request;
  private final TimedResponse response;
  private final Client client;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Departure departure;
  private @Nullable AppThread app;

  /** The time is over. */
  private volatile boolean due;

  /** The end has come; guarded by the lock. */
  private boolean over;

  /** The call is complete; guarded by the lock. */
  private boolean complete;

  /** The client does not read, and its line has been cut; written under the guard of this. */
  private volatile boolean cut;

  /** There is nothing left to cut: the line is another call's, or about to be; guarded by this. */
  private boolean let;

  private volatile boolean ended;
  private volatile boolean through;
  private volatile boolean answerReplaced;
  private volatile boolean brokenOff;

  Expiry(Deadline deadline, HttpServletRequest request, TimedResponse response, Client client) {
    this.deadline = deadline;
    this.request = request;
    this.response = response;
    this.client = client;
  }

  /** Something that the app does to its response. */
  interface Step {
    void run() throws IOException;
  }

  /** The app is about to be called, on this thread, which is in it. */
  void start(Departure ofCall, AppThread inside) {
    departure = ofCall;
    app = inside;
    deadline.start(this::comeDue);
  }

  /** Does this, unless the end has come; answers whether it was done. */
  boolean perform(Step step) throws IOException {
    lock.lock();
    try {
      if (over) {
        return false;
      }
      step.run();
      return true;
    } finally {
      lock.unlock();
      endIfDue();
    }
  }

  private void comeDue() {
    due = true;
    if (client.line() != null || deadline.interrupts()) {
      deadline.startAfterwards(this::freeIfStuck);
    }
    endIfDue();
  }

  /** Not in the middle of a write: Tomcat drops what is left of that, and ends the answer as if it were whole. */
  private void interruptApp() {
    if (deadline.interrupts()) {
      Objects.requireNonNull(app).interrupt();
    }
  }

  /** Either the app has let go of the lock and this takes it, or the app sees that the time is over when it does. */
  private void endIfDue() {
    if (due && !lock.isHeldByCurrentThread() && lock.tryLock()) {
      boolean ends = false;
      try {
        if (!over && !complete) {
          ends = true;
          over = true;
          ended = true;
          Objects.requireNonNull(departure).becomes(Outcome.TIMED_OUT);
          end();
          through = true;
        }
      } catch (IOException | RuntimeException clientOrCallIsGone) {
        brokenOff = true;
      } finally {
        lock.unlock();
      }
      if (ends) {
        interruptApp();
      }
    }
  }

  private void end() throws IOException {
    if (response.isCommitted()) {
      endInTheMiddle();
    } else {
      answerReplaced = true;
      Decision.Reject refusal = deadline.refusal();
      response.isReplacedBy(refusal, request);
      client.hasAnswer();
    }
    completeIfAsync();
  }

  private void endInTheMiddle() throws IOException {
    if (cut) {
      brokenOff = true;
      return;
    }
    if (!Objects.requireNonNull(departure).isClientGone()) {
      deadline.cutsShort();
    }
    brokenOff = !response.endsStreamWith(deadline.closingEvent());
    if (brokenOff && request.isAsyncStarted() && !response.awaitsClient()) {
      // Completed, it would look whole.
      client.cut();
    }
  }

  /** Whoever is still at the response, be it the app or the end, waits for a client that does not read. */
  private synchronized void freeIfStuck() {
    if (let || through || !lock.isLocked()) {
      return;
    }
    if (client.line() != null) {
      cut();
    }
    interruptApp();
  }

  /** Under the guard of this. */
  private void cut() {
    cut = true;
    if (!ended) {
      Objects.requireNonNull(departure).becomes(Outcome.TIMED_OUT);
      deadline.cutsShort();
    }
    client.cut();
  }

  private void completeIfAsync() {
    try {
      if (request.isAsyncStarted()) {
        request.getAsyncContext().complete();
      }
    } catch (IllegalStateException alreadyOver) {
      // The app was first.
    }
  }

  /** The app has gone asynchronous; if it did so after the end, nobody else would complete the call. */
  void appGoesOn() {
    lock.lock();
    try {
      if (over && !complete) {
        completeIfAsync();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The call is complete. An end that has begun is waited for; none begins after this. */
  void callIsComplete() {
    deadline.cancel();
    lock.lock();
    try {
      complete = true;
    } finally {
      lock.unlock();
    }
    synchronized (this) {
      let = true;
    }
  }

  /** Whether the end has come before the app's. */
  boolean hasEnded() {
    return ended;
  }

  /** Whether the client was answered in place of the app, of whose answer nothing has left. */
  boolean hasReplacedAnswer() {
    return answerReplaced;
  }

  /** Whether the client must not take what it has got for a whole answer. */
  boolean isBrokenOff() {
    return brokenOff;
  }
}
