package io.ostiary.core;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A few objects of a kind that are costly to make, left by calls that are done with them for calls to come. Any thread may take
 * and leave, a virtual one too; what is taken is its taker's alone, and what finds no room is forgotten.
 */
final class Spares<T> {

  private static final int PLACES = 16;

  private final AtomicReferenceArray<@Nullable T> places = new AtomicReferenceArray<>(PLACES);

  /** A spare object, or {@code null} when there is none at hand. */
  @Nullable T take() {
    int place = place();
    // Read first: to swap nothing for nothing would still take the cache line from other threads.
    return places.get(place) == null ? null : places.getAndSet(place, null);
  }

  /** Leaves an object, which must hold nothing of the call and is not used by it any more. */
  void leave(T spare) {
    places.set(place(), spare);
  }

  private static int place() {
    return (int) Thread.currentThread().getId() & (PLACES - 1);
  }
}
