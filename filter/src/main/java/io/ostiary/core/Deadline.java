package io.ostiary.core;

import java.util.List;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** When the time of one admitted call is over, and what it is answered then. */
public final class Deadline {

  private static final long PATIENCE_NANOS = 100_000_000;

  private final CallTime time;
  private final boolean interrupts;
  private final Dialect dialect;
  private final String requestId;
  private final Departing call;
  private @Nullable Future<?> alarm;

  /**
   * A deadline.
   *
   * @param call for the log
   */
  Deadline(CallTime time, boolean interrupts, Dialect dialect, String requestId, Departing call) {
    this.time = time;
    this.interrupts = interrupts;
    this.dialect = dialect;
    this.requestId = requestId;
    this.call = call;
  }

  /** Has this done, on another thread, when the time is over; unless {@link #cancel} comes first. */
  public synchronized void start(Runnable end) {
    alarm = time.deadlines().in(time.left(), end);
  }

  /** The call has ended. What has begun by now runs to its end. */
  public synchronized void cancel() {
    if (alarm != null) {
      alarm.cancel(false);
      alarm = null;
    }
  }

  /** Has this done too, a moment after the time is over; it must not block. Whoever writes by then waits for its client. */
  public void startAfterwards(Runnable task) {
    Future<?> unused = time.deadlines().shortly(PATIENCE_NANOS, task);
  }

  /** Whether the thread that is still in the app is to be interrupted. */
  public boolean interrupts() {
    return interrupts;
  }

  /** The answer in place of the app's, of which nothing has left; asked for once. A client must not have the work done again. */
  public Decision.Reject refusal() {
    Refusal refusal =
        dialect.refuse(Reason.TIMED_OUT, Facts.NONE, requestId, 0, List.of(Dialect.DO_NOT_RETRY));
    call.timedOut(refusal.status(), requestId);
    return new Decision.Reject(Reason.TIMED_OUT, refusal, true);
  }

  /** The event that ends a stream which had begun, in UTF-8; asked for once. */
  public byte[] closingEvent() {
    return dialect.closingEvent(Reason.TIMED_OUT, Facts.NONE, requestId);
  }

  /** Notes an answer that is cut short, with or without a closing event. */
  public void cutsShort() {
    call.timedOut(refusalStatus(), requestId);
  }

  private int refusalStatus() {
    return dialect.refuse(Reason.TIMED_OUT, Facts.NONE, requestId, 0, List.of()).status();
  }
}
