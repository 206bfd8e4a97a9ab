package io.ostiary.core;

import org.jspecify.annotations.Nullable;

/**
 * What an admitted call holds until its answer is complete: its worker, its places among running calls, its token
 * reservation, and the memory that its body takes. Threads may come in any order: an answer may be timed out by the container while
 * the app still writes. What is metered after the end is not counted any more.
 */
public final class Lease {

  /** Holds nothing. */
  public static final Lease NONE = new Lease(null, null, null, null, null, null);

  private final @Nullable Draw draw;
  private final @Nullable Settlement settlement;
  private final @Nullable Ticket ticket;
  private final @Nullable BodyHold body;
  private final @Nullable Departing call;
  private final @Nullable Log log;

  /** What is metered does not count any more. */
  private boolean over;

  /** What was held has been let go. */
  private boolean ended;

  /**
   * A lease on what was drawn.
   *
   * @param draw what has been taken, or {@code null} for nothing
   * @param settlement of it, or {@code null} when the answer decides nothing
   * @param ticket the call's worker, or {@code null} if it needs none
   * @param body what its body takes of the memory for bodies, or {@code null} for nothing
   * @param call for the log, where it matters when the call ends; {@code null} elsewhere
   */
  Lease(
      @Nullable Draw draw,
      @Nullable Settlement settlement,
      @Nullable Ticket ticket,
      @Nullable BodyHold body,
      @Nullable Departing call,
      @Nullable Log log) {
    this.draw = draw;
    this.settlement = settlement;
    this.ticket = ticket;
    this.body = body;
    this.call = call;
    this.log = log;
  }

  /** Whether the answer's bytes must pass by, because they decide what the call is charged. */
  public boolean metersAnswer() {
    return settlement != null;
  }

  /** Whether the shell is to notice a client that has gone. */
  public boolean watchesClient() {
    return settlement != null || call != null;
  }

  /** Whether {@link #meter} may cut the answer short, so that it must see bytes before they leave. */
  public boolean mayStop() {
    return settlement != null && settlement.mayStop();
  }

  /**
   * The head of the answer is final; called before the first {@link #meter}, or before {@link #close} when the answer has no
   * body, and again where the answer begins anew, with nothing of the earlier one having left. Without it the answer is one
   * that nobody can see, and its reservation stays charged.
   *
   * @param contentEncoding the app's own {@code Content-Encoding}, or {@code null}
   */
  public synchronized void answer(
      int status, @Nullable String contentType, @Nullable String contentEncoding) {
    if (settlement == null || over) {
      return;
    }
    try {
      settlement.head(status, contentType, contentEncoding);
    } catch (Throwable cause) {
      failed(cause);
    }
  }

  /** The head of the answer has another status after all, while nothing of the answer has left. */
  public synchronized void status(int status) {
    if (settlement != null && !over) {
      settlement.status(status);
    }
  }

  /**
   * Bytes of the answer's body, as they are handed to the container.
   *
   * @return how many of them may leave; fewer than all when the answer ends there, and {@link #closingEvent} comes after them
   */
  public synchronized int meter(byte[] bytes, int offset, int length) {
    if (settlement == null || over) {
      return length;
    }
    try {
      return settlement.bytes(bytes, offset, length);
    } catch (Throwable cause) {
      failed(cause);
      return length;
    }
  }

  /** Whether the answer has been cut short after the bytes that were last allowed. */
  public synchronized boolean hasStopped() {
    return settlement != null && settlement.hasStopped();
  }

  /** What ends a stream that was cut short: an event in the dialect of the route, in UTF-8. */
  public synchronized byte[] closingEvent() {
    return settlement == null ? new byte[0] : settlement.closingEvent();
  }

  /** Gives all back, in place of {@link #close}: the app has not seen the call and never will. */
  public void cancel() {
    // All calls that hold nothing share this one, and must not wait for each other.
    if (this != NONE) {
      giveBack();
    }
  }

  private synchronized void giveBack() {
    if (ended) {
      return;
    }
    ended = true;
    over = true;
    try {
      if (draw != null) {
        draw.undo();
      }
    } catch (Throwable cause) {
      failed(cause);
    } finally {
      if (ticket != null) {
        ticket.takeBack();
      }
      letGoOfBody();
    }
  }

  /**
   * Charges what has left so far, for an answer that may have come to its end although nobody will tell of it; if it goes on,
   * {@link #close} charges the rest.
   */
  public synchronized void settle(Outcome outcome) {
    if (settlement == null || over) {
      return;
    }
    try {
      settlement.settle(outcome);
    } catch (Throwable cause) {
      failed(cause);
    }
  }

  /**
   * Settles and lets go, once: the reservation becomes what the answer really took, and the next call may run. However a call
   * ends, what left for the client is charged, and nothing else.
   */
  public void close(Outcome outcome) {
    if (this != NONE) {
      end(outcome);
    }
  }

  /**
   * Closes what is still open of a call with which its server is done, and tells the operator that this was needed: somebody has
   * kept the call's end to himself.
   */
  public void closeAtLast(Outcome outcome) {
    if (this != NONE && end(outcome) && call != null) {
      call.forgotten();
    }
  }

  /** Answers whether there was anything to end. */
  private synchronized boolean end(Outcome outcome) {
    if (ended) {
      return false;
    }
    ended = true;
    try {
      charge(outcome);
    } finally {
      letGo();
    }
    if (call != null && outcome == Outcome.ABORTED) {
      call.aborted();
    }
    return true;
  }

  private void charge(Outcome outcome) {
    if (settlement == null || over) {
      return;
    }
    over = true;
    try {
      settlement.close(outcome);
    } catch (Throwable cause) {
      failed(cause);
    }
  }

  private void letGo() {
    try {
      if (draw != null) {
        draw.end();
      }
    } finally {
      if (ticket != null) {
        ticket.leave();
      }
      letGoOfBody();
    }
  }

  private void letGoOfBody() {
    if (body != null) {
      body.letGo();
    }
  }

  /** An answer that cannot be metered keeps its reservation, and goes on to its client. */
  private void failed(Throwable cause) {
    over = true;
    if (log != null) {
      log.error("the guard failed on an answer; its reservation stays charged", cause);
    }
  }
}
