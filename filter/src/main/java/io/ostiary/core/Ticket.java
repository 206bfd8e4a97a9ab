package io.ostiary.core;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One call's place among the running calls, or in the line before them. Its state is written under the line's lock only; it is
 * volatile so that the thread that waits can look without that lock.
 */
final class Ticket {

  enum State {
    /** In the line. */
    WAITING,
    /** Among the running calls. */
    RUNNING,
    /** Sent away from the line, since the service takes no calls any more. */
    DISMISSED,
    /** Given back. */
    OVER
  }

  private final WaitingLine line;
  final Turn turn;
  volatile State state;
  volatile @Nullable Thread waiter;

  /** When it began to run. */
  long began;

  Ticket(WaitingLine line, Turn turn, State state) {
    this.line = line;
    this.turn = turn;
    this.state = state;
  }

  boolean isWaiting() {
    return state == State.WAITING;
  }

  /**
   * Waits for a change of state; may return earlier. The waiter is written before the state is read, and the line writes the
   * state before it reads the waiter: whichever comes second sees the other, so that no call is ever missed.
   */
  void park(long nanos) {
    waiter = Thread.currentThread();
    if (isWaiting()) {
      LockSupport.parkNanos(this, nanos);
    }
  }

  /** Wakes the waiter, if there is one; it looks at the state by itself. */
  void wake() {
    LockSupport.unpark(waiter);
  }

  /** Gives the place back: the call has ended. Idempotent. */
  void leave() {
    line.leave(this, true);
  }

  /** Gives the place back of a call that has come to nothing. Idempotent. */
  void takeBack() {
    line.leave(this, false);
  }

  /** Leaves the line if still in it; answers how the call stood. */
  State giveUpWaiting() {
    return line.giveUpWaiting(this);
  }
}
