package io.ostiary.core;

/**
 * A call that waits for a worker. Its shell waits with it, on the thread on which it was judged, and then has {@link
 * Guard#resume} say how it goes on; or {@link Guard#abandon}s it when its client has gone.
 */
public final class Queued {

  final Judgement judgement;
  private final Ticket ticket;
  private final WaitingLine line;
  private final long due;

  /**
   * A call in the line.
   *
   * @param due when it has waited long enough, in nanoseconds of the clock
   */
  Queued(Judgement judgement, Ticket ticket, WaitingLine line, long due) {
    this.judgement = judgement;
    this.ticket = ticket;
    this.line = line;
    this.due = due;
  }

  /** How often a shell that can look for the call's client should: all calls in the line together a thousand times a second. */
  public long pauseBetweenLooks() {
    return ClientWatch.pause(line.waiting());
  }

  /**
   * Waits until the call is called, sent away or has waited for long enough, or for so long, or until the thread is
   * interrupted.
   *
   * @return whether it is still in the line and may go on waiting
   */
  public boolean await(long mostNanos) {
    long start = line.now();
    while (ticket.isWaiting() && !Thread.currentThread().isInterrupted()) {
      long now = line.now();
      long left = Math.min(due - now, start + mostNanos - now);
      if (left <= 0) {
        return due - now > 0;
      }
      ticket.park(left);
    }
    return false;
  }
}
