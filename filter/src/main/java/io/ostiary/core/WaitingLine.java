package io.ostiary.core;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The workers of the service and the line before them: so many calls run, so many wait, and whoever comes then is turned away.
 * A place that is given back goes to the one that is next before the lock is let go, so that nobody can overtake.
 *
 * <p>Who is next: first in, first out for one key; among keys the one that was served longest ago, so that a key with a
 * thousand calls in the line holds a key with one call up by no more than the call that is running. Between priorities, the
 * higher; low ones may then wait as long as the line lets anybody wait.
 *
 * <p>One lock guards everything, and is held for a few steps; nobody waits or reads or writes while holding it.
 */
final class WaitingLine {

  private static final int UNLIMITED = Integer.MAX_VALUE;

  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();
  private final Map<String, Turn> turns = new HashMap<>();
  private final TreeSet<Turn> next = new TreeSet<>();
  private final ServiceTime serviceTime = new ServiceTime();
  private int workers = UNLIMITED;
  private int queue;
  private int running;
  private int waiting;

  /** Whether the policy has it take calls. */
  private boolean wanted = true;

  /** How many want it closed for the time being. */
  private int closings;

  /** When the first of them has waited for long enough. */
  private long patienceEnds;

  private volatile boolean open = true;
  private long served;
  private long known;

  /** A line on a monotonic clock in nanoseconds, with room for everybody until it is told otherwise. */
  WaitingLine(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** The line's clock, in nanoseconds. */
  long now() {
    return nanoTime.getAsLong();
  }

  /** The turn of a key, the same as before if it was there before. */
  Turn turnOf(String tag, Priority priority) {
    lock.lock();
    try {
      Turn turn = turns.get(tag);
      if (turn == null) {
        // Whoever was never served is before all who were.
        turn = new Turn(priority, Long.MIN_VALUE + ++known);
        turns.put(tag, turn);
        return turn;
      }
      boolean ordered = next.remove(turn);
      turn.priority(priority);
      if (ordered) {
        next.add(turn);
      }
      return turn;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Sets how many may run and wait from now on; those that do are left where they are. Keys that the policy no longer names
   * are forgotten.
   */
  void resize(int workers, int queue, boolean open, Set<String> tags) {
    lock.lock();
    try {
      this.workers = workers;
      this.queue = queue;
      wanted = open;
      turns.entrySet().removeIf(turn -> !tags.contains(turn.getKey()));
      openOrClose();
      callNext();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Sends everybody away who waits, and lets nobody in before as many {@link #reopen}; answers whether anybody was there.
   *
   * @param patience for how long calls that run are waited for, in nanoseconds; of closings that overlap the first says it
   */
  boolean close(long patience) {
    lock.lock();
    try {
      boolean busy = running + waiting > 0;
      if (closings == 0) {
        patienceEnds = nanoTime.getAsLong() + patience;
      }
      closings++;
      openOrClose();
      return busy;
    } finally {
      lock.unlock();
    }
  }

  /** Takes one {@link #close} back. */
  void reopen() {
    lock.lock();
    try {
      closings--;
      openOrClose();
    } finally {
      lock.unlock();
    }
  }

  private void openOrClose() {
    open = wanted && closings == 0;
    if (!open) {
      dismissAll();
    }
  }

  /** Waits until nobody runs in the line that was closed, or the patience is over; answers whether nobody does. */
  boolean awaitIdle() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = patienceEnds - nanoTime.getAsLong();
      while (running > 0 && left > 0) {
        left = idle.awaitNanos(left);
      }
      return running == 0;
    } finally {
      lock.unlock();
    }
  }

  boolean isOpen() {
    return open;
  }

  /**
   * Takes a place among those that run, or else in the line.
   *
   * @return {@code null} if there is no place
   */
  @Nullable Ticket join(Turn turn) {
    lock.lock();
    try {
      if (!open) {
        return null;
      }
      if (running < workers) {
        return run(turn);
      }
      if (waiting >= queue) {
        return null;
      }
      Ticket ticket = new Ticket(this, turn, Ticket.State.WAITING);
      turn.add(ticket);
      next.add(turn);
      waiting++;
      return ticket;
    } finally {
      lock.unlock();
    }
  }

  /** A place among those that run, whether or not there is room, for a call that is only observed. */
  Ticket joinRegardless(Turn turn) {
    lock.lock();
    try {
      return run(turn);
    } finally {
      lock.unlock();
    }
  }

  /** Whether more run than could run and wait: only calls that are observed make it so. */
  boolean isOverfull() {
    lock.lock();
    try {
      return running > (long) workers + queue;
    } finally {
      lock.unlock();
    }
  }

  private Ticket run(Turn turn) {
    Ticket ticket = new Ticket(this, turn, Ticket.State.RUNNING);
    boolean ordered = next.remove(turn);
    turn.isServed(++served);
    if (ordered) {
      next.add(turn);
    }
    ticket.began = nanoTime.getAsLong();
    running++;
    return ticket;
  }

  /**
   * Takes a place back, wherever it is.
   *
   * @param served whether the call has been worked on, so that the time it took tells something
   */
  void leave(Ticket ticket, boolean served) {
    lock.lock();
    try {
      if (ticket.state == Ticket.State.RUNNING) {
        running--;
        if (served) {
          serviceTime.took(nanoTime.getAsLong() - ticket.began);
        }
        ticket.state = Ticket.State.OVER;
        callNext();
        if (running == 0) {
          idle.signalAll();
        }
      } else {
        quit(ticket);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Takes a ticket out of the line if it is still there; answers how it was found. */
  Ticket.State giveUpWaiting(Ticket ticket) {
    lock.lock();
    try {
      Ticket.State found = ticket.state;
      quit(ticket);
      return found;
    } finally {
      lock.unlock();
    }
  }

  private void quit(Ticket ticket) {
    if (ticket.state == Ticket.State.WAITING) {
      waiting--;
      ticket.turn.remove(ticket);
      if (!ticket.turn.isWaiting()) {
        next.remove(ticket.turn);
      }
    }
    if (ticket.state != Ticket.State.RUNNING) {
      ticket.state = Ticket.State.OVER;
    }
  }

  private void callNext() {
    while (running < workers && waiting > 0) {
      Ticket ticket = takeFirst();
      ticket.turn.isServed(++served);
      putBack(ticket.turn);
      running++;
      ticket.began = nanoTime.getAsLong();
      ticket.state = Ticket.State.RUNNING;
      ticket.wake();
    }
  }

  private void dismissAll() {
    while (waiting > 0) {
      Ticket ticket = takeFirst();
      putBack(ticket.turn);
      ticket.state = Ticket.State.DISMISSED;
      ticket.wake();
    }
  }

  private Ticket takeFirst() {
    Turn turn = next.first();
    next.remove(turn);
    waiting--;
    return turn.takeFirst();
  }

  private void putBack(Turn turn) {
    if (turn.isWaiting()) {
      next.add(turn);
    }
  }

  /** When a call that comes alone is likely to find a worker, in nanoseconds from now; 1 at least. */
  long nanosUntilFree() {
    lock.lock();
    try {
      return serviceTime.nanosFor(waiting + 1L, workers);
    } finally {
      lock.unlock();
    }
  }

  /** How many may run at one time. */
  int workers() {
    lock.lock();
    try {
      return workers;
    } finally {
      lock.unlock();
    }
  }

  /** How many may wait. */
  int queue() {
    lock.lock();
    try {
      return queue;
    } finally {
      lock.unlock();
    }
  }

  int running() {
    lock.lock();
    try {
      return running;
    } finally {
      lock.unlock();
    }
  }

  int waiting() {
    lock.lock();
    try {
      return waiting;
    } finally {
      lock.unlock();
    }
  }
}
