package io.ostiary.core;

import java.util.Iterator;
import java.util.LinkedHashSet;

/** One key in the waiting line: its calls that wait, oldest first, and when it was last served. Guarded by the line's lock. */
final class Turn implements Comparable<Turn> {

  private final LinkedHashSet<Ticket> waiting = new LinkedHashSet<>();
  private Priority priority;
  private long served;

  /**
   * A key that has none waiting.
   *
   * @param served a number that no other key of the line has
   */
  Turn(Priority priority, long served) {
    this.priority = priority;
    this.served = served;
  }

  /** Notes that a call of the key was let run; not while it stands in an ordered set. */
  void isServed(long number) {
    served = number;
  }

  /** Not while it stands in an ordered set. */
  void priority(Priority given) {
    priority = given;
  }

  boolean isWaiting() {
    return !waiting.isEmpty();
  }

  void add(Ticket ticket) {
    waiting.add(ticket);
  }

  void remove(Ticket ticket) {
    waiting.remove(ticket);
  }

  /** The call that has waited longest; there must be one. */
  Ticket takeFirst() {
    Iterator<Ticket> oldest = waiting.iterator();
    Ticket first = oldest.next();
    oldest.remove();
    return first;
  }

  /** Who comes first: the higher priority, and among equals the key that was served longest ago. */
  @Override
  public int compareTo(Turn other) {
    int byPriority = priority.compareTo(other.priority);
    return byPriority != 0 ? byPriority : Long.compare(served, other.served);
  }

  /** As the same key, which is the same object: no two of a line were ever served at one time. */
  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
