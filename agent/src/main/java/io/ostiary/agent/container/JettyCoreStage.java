package io.ostiary.agent.container;

/**
 * Where a core handler's call stands between what its app writes, the app's end and the end of its time, whichever comes first.
 * Its state is guarded by itself.
 */
final class JettyCoreStage {

  /** How many writes of the app are on their way. */
  private int writes;

  /** The time is over. */
  private boolean due;

  /** The end has come before the app's. */
  private volatile boolean over;

  /** The app has completed the call. */
  private boolean completed;

  /** The last bytes are on their way, and time does not matter any more. */
  private boolean isWhole;

  /** The connection may be another call's from now on. */
  private boolean ended;

  /** A servlet has the call, and its own shell sees to what becomes of it. */
  private volatile boolean handedOver;

  /** The app begins to write, unless the end has come. */
  synchronized boolean mayWrite(boolean last) {
    if (over) {
      return false;
    }
    writes++;
    isWhole |= last;
    return true;
  }

  synchronized void hasWritten() {
    writes--;
  }

  synchronized boolean isWriting() {
    return writes > 0;
  }

  /**
   * A servlet takes the call, unless something has been done already.
   *
   * @param begun whether the answer has begun to leave
   */
  synchronized boolean mayHandOver(boolean begun) {
    if (handedOver || over || due || completed || writes > 0 || isWhole || begun) {
      return false;
    }
    handedOver = true;
    return true;
  }

  boolean isHandedOver() {
    return handedOver;
  }

  /** Whether nobody has ended the call before; from then on its time cannot end it. */
  synchronized boolean isFirstEnd() {
    boolean first = !completed && !over;
    completed = true;
    return first;
  }

  /** The time is over; answers whether all is on its way but for the last bytes. */
  synchronized boolean comesDue() {
    due = true;
    return isWhole && !over;
  }

  /** Whether the call ends by its time now, before its app ended it. */
  synchronized boolean endsByTime() {
    if (!due || over || handedOver || completed || isWhole || writes > 0) {
      return false;
    }
    over = true;
    return true;
  }

  /** Whether the call has ended before the app's own end. */
  boolean isOver() {
    return over;
  }

  /** All has left, or nothing more does. */
  synchronized void ends() {
    ended = true;
  }

  /** Does this while the call has not ended, if somebody still writes, be it the app or the end. */
  synchronized void ifStuck(Runnable task) {
    if (!ended && !handedOver && !isWhole && (over || completed || writes > 0)) {
      task.run();
    }
  }
}
