package io.ostiary.core;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Looks every now and then whether the clients of calls that run are still there: every 50 ms, and the less often the more of them
 * there are, so that all together are looked for a thousand times a second at most. Where there are none it does nothing.
 */
public final class ClientWatch {

  private static final long LEAST_PAUSE_NANOS = 50_000_000;
  private static final long PAUSE_NANOS_PER_CALL = 1_000_000;

  private final Deadlines clock;
  private final BooleanSupplier interrupts;
  private final Set<Watched> calls = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean looks = new AtomicBoolean();

  /**
   * A watch by this clock.
   *
   * @param interrupts whether the operator wants threads interrupted for whose answer nobody waits
   */
  ClientWatch(Deadlines clock, BooleanSupplier interrupts) {
    this.clock = clock;
    this.interrupts = interrupts;
  }

  /** Whether the thread of a call is interrupted when nobody waits for its answer any more. */
  boolean interruptsApps() {
    return interrupts.getAsBoolean();
  }

  /** How long nobody is looked for after so many have been. */
  static long pause(long calls) {
    return Math.max(LEAST_PAUSE_NANOS, calls * PAUSE_NANOS_PER_CALL);
  }

  /**
   * One more call whose client can be looked for; nobody does before {@link Watched#begin}.
   *
   * @param line which is asked by one thread at a time
   * @param gone run once, on the clock's own thread, so that it must not block
   */
  public Watched watch(ClientLine line, Runnable gone) {
    return new Watched(line, gone);
  }

  private void begin() {
    if (looks.compareAndSet(false, true)) {
      try {
        again();
      } catch (Throwable noClock) {
        // There is no thread to be had for it now, but there may be for the next call.
        looks.set(false);
        throw noClock;
      }
    }
  }

  private void again() {
    Future<?> unused = clock.shortly(pause(calls.size()), this::look);
  }

  private void look() {
    for (Watched each : calls) {
      each.look();
    }
    if (!calls.isEmpty()) {
      again();
      return;
    }
    looks.set(false);
    if (!calls.isEmpty()) {
      begin();
    }
  }

  /** One call whose client is looked for at times. */
  public final class Watched {

    private final ClientLine line;
    private final Runnable gone;
    private boolean begun;
    private boolean over;

    private Watched(ClientLine line, Runnable gone) {
      this.line = line;
      this.gone = gone;
    }

    /** From now on the client is looked for, unless that has come to its {@link #end}. */
    public synchronized void begin() {
      if (!begun && !over) {
        begun = true;
        calls.add(this);
        ClientWatch.this.begin();
      }
    }

    private synchronized void look() {
      if (!begun) {
        return;
      }
      try {
        if (line.isGone()) {
          end();
          gone.run();
        }
      } catch (Throwable unclear) {
        // Of this one nobody can tell, on a server of another release for one; of the others yes.
        end();
      }
    }

    /** For a while nobody wants to know; a look that has begun is waited for. */
    public synchronized void pause() {
      if (begun) {
        begun = false;
        calls.remove(this);
      }
    }

    /** Nobody wants to know any more: the line is another call's soon. A look that has begun is waited for. */
    public synchronized void end() {
      over = true;
      pause();
    }
  }
}
