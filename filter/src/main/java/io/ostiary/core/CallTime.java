package io.ostiary.core;

import java.io.IOException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The time of one call on a route that limits it.
 *
 * @param due when it is over, in nanoseconds of the clock
 */
record CallTime(Deadlines deadlines, LongSupplier nanoTime, long due) {

  long left() {
    return due - nanoTime.getAsLong();
  }

  boolean isOver() {
    return left() <= 0;
  }

  /** Reads a body that must have come in time; otherwise as {@link Intake#read}. */
  @Nullable Reason read(Intake intake, BodySource source, boolean pays, boolean signed)
      throws IOException {
    try (BodyInTime timed = new BodyInTime(source, this)) {
      return intake.read(timed, pays, signed, true);
    } catch (LateBodyException late) {
      return Reason.TIMED_OUT;
    }
  }

  Deadline deadline(boolean interrupts, Dialect dialect, String requestId, Departing call) {
    return new Deadline(this, interrupts, dialect, requestId, call);
  }
}
