package io.ostiary.core;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/** How many calls of one scope are running or waiting to run. Guarded by its own lock, which is held for a few steps only. */
final class RunningCalls {

  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock();
  private final ServiceTime serviceTime = new ServiceTime();
  private long running;

  RunningCalls(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  long now() {
    return nanoTime.getAsLong();
  }

  /** One more, unless there are as many already; answers whether. */
  boolean begin(long most) {
    lock.lock();
    try {
      if (running >= most) {
        return false;
      }
      running++;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** One that began has come to nothing. */
  void takeBack() {
    lock.lock();
    try {
      running--;
    } finally {
      lock.unlock();
    }
  }

  /** One that began has ended. */
  void end(long nanosTaken) {
    lock.lock();
    try {
      running--;
      serviceTime.took(nanosTaken);
    } finally {
      lock.unlock();
    }
  }

  long running() {
    lock.lock();
    try {
      return running;
    } finally {
      lock.unlock();
    }
  }

  /** When one of those that run is likely to end, in nanoseconds from now; 1 at least. */
  long nanosUntilOneEnds() {
    lock.lock();
    try {
      return serviceTime.nanosFor(1, running);
    } finally {
      lock.unlock();
    }
  }
}
